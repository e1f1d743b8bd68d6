// What is wrong with the place of a line of text on the page, in words; none where all is well.
() => {
  const root = document.documentElement

  const isVisible = one =>
    one.checkVisibility({ opacityProperty: true, visibilityProperty: true })

  // What is left of a box within all that hides what sticks out of it, and whether it is cut there,
  // so that nobody can scroll to the rest; null for what is meant for screen readers alone.
  const shown = (box, one) => {
    let { left, top, right, bottom } = box
    let cut = false
    for (; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one)
      if (style.display === "contents" || style.display === "inline") continue
      const around = one.getBoundingClientRect()
      if (around.width <= 2 || around.height <= 2 || style.clipPath !== "none") return null
      // An excerpt ends after two lines, and with an ellipsis.
      const isExcerpt = style.webkitLineClamp !== "none"
      const hides = flow => (flow === "hidden" || flow === "clip") && !isExcerpt
      if (style.overflowX !== "visible") {
        cut ||= hides(style.overflowX) && (left < around.left - 2 || right > around.right + 2)
        left = Math.max(left, around.left)
        right = Math.min(right, around.right)
      }
      if (style.overflowY !== "visible") {
        cut ||= hides(style.overflowY) && (top < around.top - 2 || bottom > around.bottom + 2)
        top = Math.max(top, around.top)
        bottom = Math.min(bottom, around.bottom)
      }
    }
    return cut || (right - left > 1 && bottom - top > 1) ? { left, top, right, bottom, cut } : null
  }

  const lines = []
  const range = document.createRange()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const node = texts.currentNode
    if (!node.data.trim() || !isVisible(node.parentElement)) continue
    range.selectNodeContents(node)
    for (const rect of range.getClientRects()) {
      const box = rect.width > 0 && shown(rect, node.parentElement)
      if (box) lines.push({ ...box, node, text: node.data.trim().slice(0, 40) })
    }
  }

  const problems = []
  if (root.scrollWidth > root.clientWidth)
    problems.push(`the page is ${root.scrollWidth} pixels wide`)
  for (const { left, right, cut, text } of lines) {
    if (cut) problems.push(`cut off: ${text}`)
    else if (left < -1 || right > root.clientWidth + 1) problems.push(`outside: ${text}`)
  }

  // Fonts reach above and below their lines, so two may touch; half a line is too much.
  const onEachOther = (a, b) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
    return wide > 2 && high > 0.5 * Math.min(a.bottom - a.top, b.bottom - b.top)
  }
  lines.sort((a, b) => a.top - b.top)
  lines.forEach((a, index) => {
    for (const b of lines.slice(index + 1)) {
      if (b.top > a.bottom) break
      if (a.node !== b.node && onEachOther(a, b))
        problems.push(`one on the other: ${a.text} / ${b.text}`)
    }
  })
  return [...new Set(problems)].slice(0, 8)
}
