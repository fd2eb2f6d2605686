/** Elements of an export file. */

import type { Element, Node } from "@xmldom/xmldom";

function isElement(node: Node): node is Element {
  return node.nodeType === node.ELEMENT_NODE;
}

/** The elements directly inside, in their order. */
export function elementsIn(element: Element): Element[] {
  return [...element.childNodes].filter(isElement);
}

/** The text of the first element of that name inside; `undefined` when there is none. */
export function textIn(element: Element, name: string): string | undefined {
  const found = elementsIn(element).find(({ tagName }) => tagName === name);
  return found === undefined ? undefined : (found.textContent ?? "");
}
