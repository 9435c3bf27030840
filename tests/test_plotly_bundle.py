"""The chart library's bundle: its style rules become a file, and the map library's are gone."""

from __future__ import annotations

from importlib import resources

import pytest

from trialpages.pages.plotly_bundle import UnknownBundleError, split_bundle

MAP_ID = "0123456789abcdef" * 4
BUNDLE = (
    'var a=1;var w=W(()=>{(function(){if(!document.getElementById("' + MAP_ID + '"))'
    '{var e=document.createElement("style");e.id="' + MAP_ID + "\",e.textContent='.map{left:0}"
    '.map::after{content:"a"}\',document.head.appendChild(e)}})()});'
    'var r={"X,X div":\'font-family:"Open Sans",serif;\',X:"margin:0;","X a:hover":"color:red;",'
    '"Y p":\'content:"\\\'";\'};for(k in r)add(r[k]);'
)


def test_rules_come_out_in_the_order_in_which_the_browser_would_hold_them() -> None:
    assert split_bundle(BUNDLE.encode()).styles == (
        '.plotly-notifier p{content:"\'";}\n'
        ".js-plotly-plot .plotly a:hover{color:red;}\n"
        ".js-plotly-plot .plotly{margin:0;}\n"
        '.js-plotly-plot .plotly,.js-plotly-plot .plotly div{font-family:"Open Sans",serif;}\n'
    )


def test_only_the_map_styles_leave_the_script() -> None:
    start, end = BUNDLE.index("(function(){if"), BUNDLE.index("});var r=")
    expected = BUNDLE[:start] + "void 0" + BUNDLE[end:]
    assert split_bundle(BUNDLE.encode()).script.decode() == expected


@pytest.mark.parametrize("text", ["", "var a=1;", 'var r={"X,X div":color()};'])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(UnknownBundleError):
        split_bundle(text.encode())


def test_the_installed_package_is_understood() -> None:
    bundle = resources.files("plotly").joinpath("package_data/plotly.min.js").read_bytes()
    split = split_bundle(bundle)
    assert (
        ".js-plotly-plot .plotly .main-svg{position:absolute;top:0;left:0;pointer-events:none;}"
        in split.styles
    )
    assert split.styles.count("{") == split.styles.count("}") > 40
    assert b"maplibregl-map{" not in split.script
    assert 0 < len(bundle) - len(split.script) < 100_000
