/** The pages' only style sheet. A string, so that a bundled build needs no file beside it. */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --page: #f5f5f4; --card: #fff; --sunk: #f8f8f7; --text: #1b1b1a; --muted: #5f5e5b; --line: #e6e5e3; --line-strong: #d3d2cf;
  --link: #1f5493; --accent: #1f5493; --accent-text: #fff; --accent-hover: #17447a; --hover: rgb(0 0 0 / .045); --ring: #1f5493;
  --open: #2c6e49; --open-soft: #e8f4ec; --merged: #6a4aa5; --merged-soft: #f1ecfa; --closed: #8a3b32; --closed-soft: #faecea;
  --add: #e9f6ed; --add-mark: #bfe6cb; --add-text: #17642f; --del: #fdeeee; --del-mark: #f8cdcd; --del-text: #99211d;
  --warn: #7d4b00; --warn-soft: #fff5e4; --hunk: #f2f5f9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #1c1d1f; --card: #242628; --sunk: #202224; --text: #eceae6; --muted: #a7a6a2; --line: #34363a; --line-strong: #47494e;
    --link: #9cc5f5; --accent: #9cc5f5; --accent-text: #10202f; --accent-hover: #b6d5fa; --hover: rgb(255 255 255 / .06); --ring: #9cc5f5;
    --open: #93d3aa; --open-soft: #223a2c; --merged: #c9b6f2; --merged-soft: #352d48; --closed: #f0a79e; --closed-soft: #452a28;
    --add: #1d3326; --add-mark: #2c5a3d; --add-text: #9fdcb3; --del: #3b2224; --del-mark: #6d3337; --del-text: #f5b3b0;
    --warn: #f0c37e; --warn-soft: #3b301d; --hunk: #272c33;
  }
}
* { box-sizing: border-box; margin: 0; }
html { font: 400 14px/21px Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; color: var(--text); background: var(--page); -webkit-font-smoothing: antialiased; font-variant-numeric: tabular-nums; }
body { min-height: 100vh; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
h1 { font-size: 22px; line-height: 30px; font-weight: 600; letter-spacing: -.012em; overflow-wrap: anywhere; }
h2.section { font-size: 14px; line-height: 20px; font-weight: 600; margin: 24px 0 10px; display: flex; gap: 10px; align-items: baseline; }
code, pre, .mono, .sha, .ref, .diff, .blob, .path { font-family: ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 12.5px; }
ul, ol { list-style: none; padding: 0; } table { border-collapse: collapse; }
:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; border-radius: 4px; }
.icon { display: block; flex: none; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 12px; top: 8px; background: var(--card); padding: 6px 12px; z-index: 2; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.wide { max-width: 1120px; margin: 0 auto; padding: 0 24px; } .narrow { max-width: 920px; }
main { padding: 24px 0 64px; } main h1 + * { margin-top: 16px; }
.space { flex: 1; } .grow { flex: 1; min-width: 0; } .sub, h1 .sub, h1 .number { color: var(--muted); } .sub { font-size: 13px; } h1 .sub, h1 .number { font-size: inherit; font-weight: 400; }

.top { background: var(--card); border-bottom: 1px solid var(--line-strong); }
.bar { display: flex; align-items: center; gap: 12px; height: 56px; }
.brand { display: grid; place-items: center; width: 30px; height: 30px; border-radius: 8px; background: var(--text); color: var(--card); }
.crumbs { display: flex; font-size: 15px; } .crumbs li + li::before { content: '/'; color: var(--muted); margin: 0 7px; }
.crumbs a { color: var(--text); } .crumbs a[aria-current] { font-weight: 600; }
.visitor { display: flex; align-items: center; gap: 8px; color: var(--muted); font-size: 13px; }
.tabs { display: flex; gap: 4px; margin: 0 -10px -1px; overflow-x: auto; }
.tabs a { display: flex; align-items: center; gap: 7px; padding: 7px 10px 11px; color: var(--muted); border-bottom: 2px solid transparent; white-space: nowrap; }
.tabs a:hover { color: var(--text); text-decoration: none; } .tabs a[aria-current] { color: var(--text); font-weight: 600; border-color: var(--accent); }
.tabs a:focus-visible { outline-offset: -3px; }
.count { background: var(--hover); border-radius: 10px; padding: 0 7px; font-size: 12px; line-height: 18px; font-weight: 500; }

.avatar { display: inline-grid; place-items: center; flex: none; width: 24px; height: 24px; border-radius: 50%; font-size: 10px; line-height: 1; font-weight: 600; letter-spacing: .02em; color: #fff; }
.tint-0 { background: #4a6a8a; } .tint-1 { background: #5d7052; } .tint-2 { background: #8a5a4a; } .tint-3 { background: #6b5b8c; } .tint-4 { background: #3f7474; } .tint-5 { background: #7f6236; }

.card { background: var(--card); border: 1px solid var(--line-strong); border-radius: 10px; margin-bottom: 16px; }
.card-head, .commit-bar { display: flex; align-items: center; gap: 10px; padding: 10px 16px; border-bottom: 1px solid var(--line); min-height: 45px; flex-wrap: wrap; }
.card-head { font-weight: 500; } .card-head .sub { font-weight: 400; } .card-head > .icon { color: var(--muted); }
.commit-bar { background: var(--sunk); border-radius: 9px 9px 0 0; } .commit-bar .title { color: var(--text); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 52ch; }
.commit-bar.foot { border-bottom: 0; border-top: 1px solid var(--line); border-radius: 0 0 9px 9px; }
.history { display: inline-flex; align-items: center; gap: 5px; }
.sha { color: var(--muted); } a.sha:hover { color: var(--link); } .sha.full { overflow-wrap: anywhere; }
.head-text { padding: 20px 16px 16px; } .message-body { white-space: pre-wrap; overflow-wrap: anywhere; margin-top: 10px !important; color: var(--muted); font: inherit; }
.empty { padding: 28px 16px; color: var(--muted); text-align: center; }
.message { max-width: 560px; margin: 48px auto; padding: 32px; text-align: center; } .message p { margin-top: 12px; }

.toolbar { display: flex; align-items: center; gap: 14px; margin-bottom: 16px; flex-wrap: wrap; } .toolbar > * { margin-top: 0 !important; } .toolbar h1 { font-size: 18px; }
.toolbar .path-crumbs { font-size: 15px; line-height: 22px; font-weight: 400; letter-spacing: 0; overflow-wrap: anywhere; } .path-crumbs b { font-weight: 600; } .path-crumbs .slash { color: var(--muted); margin: 0 5px; }
.button { display: inline-flex; align-items: center; gap: 7px; height: 34px; padding: 0 13px; border-radius: 8px; border: 1px solid var(--line-strong); background: var(--card); color: var(--text); font: inherit; font-weight: 500; white-space: nowrap; cursor: pointer; }
.button:hover { background: var(--sunk); text-decoration: none; } .button:focus-visible { border-radius: 8px; }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-text); font-weight: 600; } .button.primary:hover { background: var(--accent-hover); }
.button:disabled, .button:disabled:hover { background: var(--hover); border-color: transparent; color: var(--muted); cursor: not-allowed; }
.menu { position: relative; } .menu > summary { list-style: none; } .menu > summary::-webkit-details-marker { display: none; } .menu .icon { color: var(--muted); }
.menu ul { position: absolute; z-index: 1; top: 40px; min-width: 220px; max-height: 320px; overflow: auto; background: var(--card); border: 1px solid var(--line-strong); border-radius: 10px; padding: 6px; box-shadow: 0 8px 24px rgb(0 0 0 / .14); }
.menu li a { display: block; padding: 5px 10px; border-radius: 6px; color: var(--text); } .menu li a:hover { background: var(--hover); text-decoration: none; } .menu a[aria-current] { font-weight: 600; }

.files { width: 100%; table-layout: fixed; } .files tr + tr td { border-top: 1px solid var(--line); } .files tbody tr:hover { background: var(--hover); }
.files td { padding: 8px 16px; vertical-align: middle; } .files .name { display: flex; align-items: center; gap: 10px; } .files .name a { color: var(--text); overflow-wrap: anywhere; }
.files .name .icon { color: var(--muted); } .files .folder .icon { color: var(--accent); }
.files .last { width: 46%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .files .last a, .files .when { color: var(--muted); font-size: 13px; } .files .when { width: 150px; text-align: right; white-space: nowrap; }

.rows > li + li { border-top: 1px solid var(--line); } .row { display: flex; align-items: center; gap: 12px; padding: 11px 16px; } .row > .icon { color: var(--muted); }
.row .title { color: var(--text); font-weight: 500; overflow-wrap: anywhere; } .row .title:hover { color: var(--link); }
.badge { display: inline-flex; align-items: center; gap: 4px; border-radius: 5px; background: var(--hover); color: var(--muted); font: 500 12px/20px Inter, system-ui, sans-serif; padding: 0 7px; vertical-align: 1px; } .badge .icon { width: 12px; height: 12px; }
.badge.added { background: var(--open-soft); color: var(--open); } .badge.removed { background: var(--closed-soft); color: var(--closed); }
.ref { background: var(--hover); border-radius: 5px; padding: 2px 7px; overflow-wrap: anywhere; color: var(--link); } span.ref { color: var(--muted); }
.filters { display: flex; gap: 18px; margin-bottom: 12px; } .filters a { color: var(--muted); } .filters a[aria-current] { color: var(--text); font-weight: 600; }
.pager { display: flex; gap: 8px; justify-content: center; }

.pull-head { margin-bottom: 20px; } .pull-line { display: flex; align-items: center; gap: 12px; flex-wrap: wrap; margin-top: 10px !important; color: var(--muted); } .pull-line b { color: var(--text); font-weight: 600; }
.state { display: inline-flex; align-items: center; gap: 6px; height: 28px; padding: 0 12px 0 9px; border-radius: 14px; font-weight: 600; font-size: 13px; }
.state.open, .state-icon.open { color: var(--open); } .state.merged, .state-icon.merged { color: var(--merged); } .state.closed, .state-icon.closed { color: var(--closed); }
.state.open { background: var(--open-soft); } .state.merged { background: var(--merged-soft); } .state.closed { background: var(--closed-soft); }
.merge-box { display: flex; align-items: center; gap: 12px; padding: 14px 16px; flex-wrap: wrap; } .merge-box > .icon { box-sizing: content-box; padding: 7px; border-radius: 50%; }
.merge-box.ready > .icon { color: var(--open); background: var(--open-soft); } .merge-box.merged > .icon { color: var(--merged); background: var(--merged-soft); } .merge-box.closed > .icon { color: var(--closed); background: var(--closed-soft); }
.merge-box.conflict > .icon { color: var(--warn); background: var(--warn-soft); }
.notice { display: flex; align-items: center; gap: 10px; padding: 11px 16px; border-radius: 10px; margin-bottom: 16px; background: var(--warn-soft); color: var(--warn); font-weight: 500; }

.file { overflow: clip; position: relative; } .file .view { position: absolute; top: 11px; right: 16px; } .file summary { display: flex; align-items: center; gap: 10px; padding: 10px 92px 10px 16px; cursor: pointer; list-style: none; flex-wrap: wrap; } .file summary::-webkit-details-marker { display: none; }
.file details[open] > summary { border-bottom: 1px solid var(--line); } .file summary::before { content: ''; flex: none; width: 6px; height: 6px; margin: 0 3px; border: solid var(--muted); border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); } .file details[open] > summary::before { transform: translateY(-2px) rotate(45deg); }
.path { font-weight: 600; overflow-wrap: anywhere; } .view { font-size: 13px; }
.counts { font-size: 13px; font-weight: 600; white-space: nowrap; } .plus { color: var(--add-text); } .minus { color: var(--del-text); }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline-offset: -2px; }
.diff, .blob { width: 100%; line-height: 20px; } .diff td, .blob td { padding: 0; vertical-align: top; }
.diff tr:first-child td, .blob tr:first-child td { padding-top: 4px; } .diff tr:last-child td, .blob tr:last-child td { padding-bottom: 4px; }
.diff .number, .blob .number { width: 1%; min-width: 44px; padding: 0 10px; text-align: right; color: var(--muted); user-select: none; white-space: nowrap; } .blob .number a { color: inherit; }
.diff .sign { width: 20px; text-align: center; user-select: none; } .diff .code, .blob .code { white-space: pre; padding-right: 16px; tab-size: 4; } .blob .code { padding-left: 8px; }
.diff .added { background: var(--add); } .diff .removed { background: var(--del); } .diff .added .sign { color: var(--add-text); } .diff .removed .sign { color: var(--del-text); }
.diff mark { color: inherit; border-radius: 3px; padding: 1px 0; background: var(--add-mark); } .diff .removed mark { background: var(--del-mark); }
.diff .hunk { background: var(--hunk); color: var(--muted); } .diff .hunk td { padding-top: 3px; padding-bottom: 3px; } .blob tr:target { background: var(--warn-soft); }

.markdown { padding: 16px 20px 20px; overflow-wrap: anywhere; } .markdown > * + *, .markdown details > * + * { margin-top: 12px; } .markdown > h1 { font-size: 22px; } .markdown h2 { font-size: 17px; line-height: 24px; font-weight: 600; margin-top: 22px; } .markdown h3 { font-size: 15px; font-weight: 600; margin-top: 18px; }
.markdown ul, .markdown ol { padding-left: 24px; } .markdown ul { list-style: disc; } .markdown ol { list-style: decimal; } .markdown li + li { margin-top: 3px; } .markdown .task { list-style: none; margin-left: -22px; } .markdown .task input { vertical-align: -2px; margin: 0 5px 0 0; }
.markdown code { background: var(--hover); border-radius: 5px; padding: 2px 5px; } .markdown pre { background: var(--sunk); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; overflow-x: auto; } .markdown pre code { background: none; padding: 0; }
.markdown a { text-decoration: underline; text-underline-offset: 2px; text-decoration-thickness: 1px; } .markdown table { overflow-wrap: normal; } .markdown th, .markdown td { border: 1px solid var(--line); padding: 6px 12px; text-align: left; } .markdown th { background: var(--sunk); font-weight: 600; } .markdown blockquote { border-left: 3px solid var(--line-strong); padding-left: 14px; color: var(--muted); } .markdown hr { border: 0; border-top: 1px solid var(--line); } .markdown img { max-width: 100%; }
@media (max-width: 640px) { .wide { padding: 0 14px; } .files .last { display: none; } .files .when { width: 110px; } .visitor span + span { display: none; } .merge-box form, .merge-box .button { width: 100%; justify-content: center; } .diff .number { min-width: 34px; padding: 0 6px; } }
@media print { .top, .merge-box form { display: none; } }
`.trimStart();
