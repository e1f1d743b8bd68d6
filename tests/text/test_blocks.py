"""The blocks of a body, and what each says."""

from __future__ import annotations

import pytest

from sitegen.text.blocks import blocks_of, with_marks

TEXTS = {
    "<p>One <em>two</em>\nthree &amp; <code>four</code>.</p>": ["One two three & four."],
    "<h2 id='a'><a href='#a'>Part</a></h2>\n<p>Text</p>": ["Part", "Text"],
    "<ul>\n<li>one</li>\n<li>\n<p>two</p>\n<p>more</p>\n</li>\n</ul>": ["• one\n• two\nmore"],
    "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>": ["a | b\n1 | 2"],
    '<p><img src="\0001\0" alt="A &quot;cat&quot;" /></p>': ['[A "cat"]'],
    "<p>one<br />two</p><hr />": ["one\ntwo", ""],
    '<p>note<sup class="footnote-ref"><a href="#fn1">1</a></sup>.</p>': ["note."],
    '<p><a class="ref">it <code class="at">a.py:9</code></a>.</p>': ["it."],
    '<pre><code>a\n  <span class="k">b</span>\n</code></pre>': ["a\n  b"],
    '<figure class="code"><figcaption>x.py</figcaption><pre>a</pre></figure>': ["a"],
    '<figure class="code"><pre>a</pre><details class="since"><pre>b</pre></details></figure>': [
        "a"
    ],
    "<ul><li>run<pre><code>if a:\n  b</code></pre></li></ul>": ["• run\nif a:\n  b"],
    "<details><summary>\0code_lines 3\0</summary>text</details>": ["text"],
    '<aside><p><span class="unseen">\0alert_tip\0: </span>A</p>\n<p>b</p></aside>': ["A\nb"],
    "<div><p>in</p><script>let x = '<p>'</script></div><p>out</p>": ["in", "out"],
    "<!-- <p>not</p> --><p title='a > b'>yes</p></div>": ["yes"],
    "loose text": [],
}


@pytest.mark.parametrize("html", TEXTS)
def test_block_says_what_readers_see(html: str) -> None:
    assert [block.text for block in blocks_of(html)] == TEXTS[html]


def test_marks_are_on_the_blocks_that_were_counted() -> None:
    html = '<p>a <b>b</b></p>\n<hr />\n<figure class="code"><pre>c</pre></figure>\n<p>d</p>'
    assert with_marks(html, {2: 3, 3: 2}) == (
        '<p>a <b>b</b></p>\n<hr />\n<figure data-r="3" class="code"><pre>c</pre></figure>\n'
        '<p data-r="2">d</p>'
    )
