"""Parses ObjectScript with the vendor's grammar, tree-sitter-objectscript.

Reads the JSON of sent.ts; prints one JSON object: how many texts were read, and each fault with the
place the grammar points at. A line that no parser could like has to be refused too, so that an empty
list of faults means something.
"""

import json
import sys

import tree_sitter_objectscript
from tree_sitter import Language, Parser

parser = Parser(Language(tree_sitter_objectscript.language_objectscript()))


def faulty(node):
    if node.type == "ERROR" or node.is_missing:
        yield node
    elif node.has_error:
        for child in node.children:
            yield from faulty(child)


def faults(text):
    source = text.encode()
    for node in faulty(parser.parse(source).root_node):
        around = source[max(0, node.start_byte - 20) : node.end_byte + 20].decode(errors="replace")
        yield f"line {node.start_point[0] + 1}: {around[:120]!r}"


def as_source(sent):
    # In the first column a word is a label.
    return sent["text"] if sent["kind"] == "class" else f"\t{sent['text']}\n"


if not list(faults("\tset x=)\n")):
    sys.exit("the grammar takes what is no ObjectScript")
everything = json.load(sys.stdin)
found = [f"{sent['name']}: {fault}" for sent in everything for fault in faults(as_source(sent))]
json.dump({"read": len(everything), "faults": found}, sys.stdout)
