"""The browser of every test here, without what costs much and nobody looks at.

Each new window of Chromium loads the two pages that hang below its address bar; nobody sees that bar here, and they
cost more than most of our own pages.
"""

import os
import shutil

PROGRAM = os.environ.get("E2E_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

BELOW_THE_ADDRESS_BAR = "WebUIOmniboxPopup WebUIOmniboxAimPopup".split()
OFF_BY_PLAYWRIGHT = (
    "AimEnabled AvoidCorsURLLoaderRestartOnRedirect AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose "
    "HttpsFirstBalancedModeAutoEnable HttpsUpgrades LensOverlay MediaRouter NetworkTimeServiceQuerying "
    "OptimizationHints PaintHolding PreconnectToSearch ThirdPartyStoragePartitioning"
).split()
"""Again, for of two lists Chromium reads the last one only. A name that it does not know it passes over."""

FLAGS = [
    *"--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split(),
    *"--disable-component-update --disable-sync".split(),
    "--disable-features=" + ",".join([*BELOW_THE_ADDRESS_BAR, *OFF_BY_PLAYWRIGHT]),
]
