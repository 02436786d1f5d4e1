/** How the report looks: one column, plots as wide as they are, tables that can be printed. */
export const reportStyle: string = `
body { font: 15px/1.5 'Liberation Sans', Arial, Helvetica, sans-serif; color: #1a1a1a; max-width: 1100px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 3rem; border-top: 1px solid #ccc; padding-top: 1rem; } h3 { font-size: 1rem; }
figure { margin: 1rem 0; overflow-x: auto; text-align: center; } figure svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: .5rem 0; } th, td { text-align: left; padding: .15rem .8rem .15rem 0; vertical-align: top; border-bottom: 1px solid #eee; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.verdict { white-space: nowrap; font-weight: bold; } .shown, .paired { color: #00633f; } .undecided { color: #8a5a00; } .reversed { color: #a30000; } .unknown { color: #666; }
details { margin: .5rem 0; } summary { cursor: pointer; color: #00508a; } code { font-size: .92em; } .source { color: #555; }
@media print { h2 { break-before: page; } details { display: none; } }
`;
