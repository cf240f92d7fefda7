import pytest


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    """The list of erasures is a file."""
    settings.DATA_DIR = tmp_path
