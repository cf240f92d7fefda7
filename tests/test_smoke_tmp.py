import uuid
def test_pages(learner, client, demo_theme):
    for c in (client, learner):
        for u in ("/", demo_theme.get_absolute_url(), "/themes/cultuur-van-vertrouwen/leider-of-manager/", "/sitemap.xml","/robots.txt"):
            r = c.get(u); assert r.status_code == 200, u
    r = learner.post("/themes/cultuur-van-vertrouwen/leider-of-manager/complete/", {"deed": uuid.uuid4()}, headers={"HX-Request":"true"}); assert r.status_code==200
    print(r.content.decode()[:3000])
    r = learner.post("/themes/cultuur-van-vertrouwen/leider-of-manager/complete/", {"deed": uuid.uuid4(), "onward":1}); print(r.status_code, r.url)
    assert client.get("/nope/").status_code==404
