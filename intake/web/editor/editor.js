// Turns a textarea marked with data-editor into an editor with highlighting and completion.
//
// The textarea stays the field of its form. The editor lives in a shadow root, so that its style sheets are adopted and
// the page's policy needs no exception. Without this file the textarea is the editor.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { html } from "@codemirror/lang-html";
import { jinja, jinjaLanguage } from "@codemirror/lang-jinja";
import { HighlightStyle, bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "0.92rem", maxHeight: "34rem", minHeight: "14rem",
    border: "1px solid var(--soft)", borderRadius: "6px" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: 'ui-monospace, Consolas, "DejaVu Sans Mono", monospace', lineHeight: "1.55", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.4rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--soft)", border: "0", borderRadius: "6px 0 0 6px" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent-soft) 55%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--accent-soft)", color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "color-mix(in srgb, var(--focus) 30%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "6px" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--accent-ink)" },
  ".cm-completionDetail": { color: "inherit", opacity: "0.8", fontStyle: "normal", marginLeft: "1em" },
  ".cm-diagnostic": { fontFamily: "inherit" },
  ".cm-matchingBracket": { backgroundColor: "var(--accent-soft)" },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword, tags.controlKeyword, tags.operatorKeyword, tags.brace], color: "var(--part)" },
  { tag: [tags.string, tags.attributeValue], color: "var(--good)" },
  { tag: [tags.comment, tags.blockComment, tags.lineComment], color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.variableName, tags.propertyName], color: "var(--accent)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--warn)" },
  { tag: [tags.tagName, tags.angleBracket, tags.attributeName], color: "var(--soft)" },
]);

const asCompletion = ({ name, kind, example }) => ({ label: name, type: "variable", detail: example || kind });

function properties(variables) {
  // "obligations[].agency" is completed after any name: what a loop calls its line cannot be known here.
  const found = new Map();
  for (const one of variables) {
    const last = one.name.split(".").pop();
    if (one.name.includes(".") && !found.has(last)) found.set(last, asCompletion({ ...one, name: last }));
  }
  return (path) => {
    const own = variables.filter((one) => one.name.startsWith(`${path.join(".")}.`));
    return own.length ? own.map((one) => asCompletion({ ...one, name: one.name.split(".").pop() })) : [...found.values()];
  };
}

function completeFilters(filters) {
  return (context) => {
    const word = context.matchBefore(/\|\s*\w*/);
    if (!word) return null;
    const options = filters.map(([label, info]) => ({ label, info, type: "function" }));
    return { from: word.from + word.text.search(/\w*$/), options, validFor: /^\w*$/ };
  };
}

function problemsOf(textarea, doc) {
  return JSON.parse(textarea.dataset.problems || "[]").map(({ line, what }) => {
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
    return { from: at.from, to: Math.max(at.to, at.from), severity: "error", message: what };
  });
}

function labelOf(textarea) {
  return textarea.labels.length ? textarea.labels[0].textContent.trim() : textarea.getAttribute("aria-label") || "";
}

function languageOf(textarea) {
  const variables = JSON.parse(textarea.dataset.variables || "[]");
  const filters = JSON.parse(textarea.dataset.filters || "[]");
  const top = variables.filter((one) => !one.name.includes(".")).map(asCompletion);
  const config = { variables: top, properties: properties(variables) };
  const base = textarea.dataset.editor === "html" ? { base: html({ matchClosingTags: false }) } : {};
  return [jinja({ ...config, ...base }), jinjaLanguage.data.of({ autocomplete: completeFilters(filters) })];
}

function replaceByEditor(textarea) {
  const host = document.createElement("div");
  host.className = "editor";
  textarea.after(host);
  const root = host.attachShadow({ mode: "open" });
  const keep = EditorView.updateListener.of((update) => {
    if (update.docChanged) textarea.value = update.state.doc.toString();
  });
  const save = { key: "Mod-s", run: () => { textarea.form.requestSubmit(); return true; } };
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: textarea.value,
      extensions: [
        lineNumbers(), highlightActiveLine(), highlightActiveLineGutter(), history(), drawSelection(), bracketMatching(),
        closeBrackets(), autocompletion(), indentUnit.of("  "), EditorView.lineWrapping, lintGutter(), theme,
        syntaxHighlighting(colours), languageOf(textarea), keep,
        EditorState.readOnly.of(textarea.readOnly), EditorView.editable.of(!textarea.readOnly),
        EditorView.contentAttributes.of({ "aria-label": labelOf(textarea), spellcheck: "false", tabindex: "0" }),
        keymap.of([save, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      ],
    }),
  });
  textarea.hidden = true;
  const problems = problemsOf(textarea, view.state.doc);
  view.dispatch(setDiagnostics(view.state, problems));
  if (problems.length) view.dispatch({ selection: { anchor: problems[0].from }, scrollIntoView: true });
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.addEventListener("click", () => {
      view.dispatch(view.state.replaceSelection(button.dataset.insert));
      view.focus();
    });
  }
}

document.querySelectorAll("textarea[data-editor]").forEach(replaceByEditor);
document.documentElement.classList.add("has-editor");
