/**
 * The style sheet of every mail: dark colours where the program asks for them, and less padding on narrow screens. `[data-ogsc]` is how
 * Outlook's apps mark their own dark mode. Colours keep a contrast of at least 7 for text and 4.5 for soft text.
 */
export const MESSAGE_CSS = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
.card s{opacity:.75}
@media (max-width:480px){.edge{padding:8px 4px!important}.card{padding:16px!important}}
@media (prefers-color-scheme:dark){
.page{background:#111113!important;color:#fafafa!important}
.card{background:#1c1c1f!important;border-left-color:#3f3f46!important;border-right-color:#3f3f46!important;border-bottom-color:#3f3f46!important}
.box{background:#27272a!important;border-color:#3f3f46!important}
.ink{color:#fafafa!important}
.soft{color:#b4b4bc!important}
}
[data-ogsc] .card{background:#1c1c1f!important}
[data-ogsc] .box{background:#27272a!important}
[data-ogsc] .ink{color:#fafafa!important}
[data-ogsc] .soft{color:#b4b4bc!important}
`;
