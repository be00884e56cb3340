/** Makes an element. Text goes in as text nodes only, so nothing that was read off an image can become markup. */
export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null && child !== ''));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Shows an element with this text, or hides it where there is none. */
export function say(node, text) {
  node.textContent = text ?? '';
  node.hidden = !text;
}
