/** The style of the public pages. It stands in the page: nothing is loaded, from here or from anywhere else. */
export const pageStyle = `
:root{color-scheme:light dark;--paper:#fbfaf6;--card:#fff;--ink:#1c221e;--soft:#59635c;--line:#e2e0d6;--field:#858b86;--link:#0b5f3c;
--tone:#4a5560;--tone-deep:#39434d;--on:#fff;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif","Source Serif 4",Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.good{--tone:#0c6b43;--tone-deep:#084d31}.past{--tone:#8a5200;--tone-deep:#6b3f00}.bad{--tone:#b3201f;--tone-deep:#8a1414}
@media (prefers-color-scheme:dark){:root{--paper:#101512;--card:#181e1a;--ink:#eef1ea;--soft:#a5b0a8;--line:#2d3630;--field:#77817a;--link:#7fd6aa}
.good{--tone:#0d6b45;--tone-deep:#0a5135}.past{--tone:#855006;--tone-deep:#673c02}.bad{--tone:#a82322;--tone-deep:#811616}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 var(--sans);overflow-wrap:anywhere}
a{color:var(--link)}
a:focus-visible{outline:3px solid var(--link);outline-offset:3px;border-radius:4px}
.sheet{max-width:42rem;margin:0 auto}
main{background:var(--card);overflow:hidden;border-bottom:1px solid var(--line);display:flex;flex-direction:column}
.verdict{background:linear-gradient(160deg,var(--tone),var(--tone-deep));color:var(--on);text-align:center;padding:1.5rem 1.25rem 1.6rem}
.icon{width:7.5rem;height:7.5rem;display:block;margin:0 auto .4rem}
.disc{fill:#fff}.sign{fill:none;stroke:var(--tone);stroke-width:8;stroke-linecap:round;stroke-linejoin:round}
.leaves{fill:#fff;opacity:.92}
h1{margin:0;font:700 clamp(1.75rem,7.5vw,2.4rem)/1.15 var(--sans);letter-spacing:-.01em}
.meaning{margin:.35rem 0 0;font-size:1.125rem}
.because{margin:.6rem auto 0;max-width:34rem}.words{display:block}
.successor{margin:1.1rem 0 0}
.successor a{display:inline-block;background:#fff;color:var(--tone-deep);font-weight:700;text-decoration:none;padding:.7rem 1.2rem;border-radius:.5rem}
.successor a:focus-visible{outline-color:#fff}
.picture{position:relative;margin:0;padding:1.6rem 1.5rem;background:color-mix(in srgb,var(--tone) 7%,var(--card));border-bottom:1px solid var(--line);text-align:center}
.picture a{display:block;overflow:hidden;margin:0 auto;width:100%;max-width:37rem;aspect-ratio:297/210;border-radius:3px;background:linear-gradient(#e6e4da,#e6e4da) 50% 26%/30% 7% no-repeat,linear-gradient(#efede5,#efede5) 50% 45%/46% 4% no-repeat,linear-gradient(#efede5,#efede5) 50% 56%/36% 4% no-repeat,linear-gradient(#e6e4da,#e6e4da) 50% 82%/22% 3% no-repeat,#fff;color:#444;box-shadow:0 0 0 1px rgb(0 0 0/.09),0 1.1rem 2.2rem -1.1rem rgb(0 0 0/.45)}
.picture a.tall{aspect-ratio:210/297;max-width:24rem}
.picture img{display:block;width:100%;height:100%;object-fit:contain;font:italic 1rem/1.4 var(--serif)}
.picture.past img{filter:grayscale(.7);opacity:.6}.picture.bad img{filter:grayscale(1);opacity:.35}
.stamp{position:absolute;top:50%;left:50%;transform:translate(-50%,-50%) rotate(-14deg);padding:.1em .5em;border:.09em solid;border-radius:.2em;color:var(--tone);background:rgb(255 255 255/.72);font:800 clamp(1.6rem,9vw,3.4rem)/1.15 var(--sans);letter-spacing:.06em;text-transform:uppercase;white-space:nowrap;pointer-events:none}
.award{text-align:center;padding:1.9rem 1.5rem 1.5rem}
.kicker{margin:0;color:var(--soft);font-size:.95rem}
.who{margin:.15rem 0 1.1rem;font:600 clamp(1.9rem,8.5vw,2.9rem)/1.2 var(--serif);text-wrap:balance}
.who.long{font-size:clamp(1.1rem,4.6vw,1.9rem)}
.what{margin:.1rem 0 0;font:600 clamp(1.25rem,5.4vw,1.6rem)/1.3 var(--serif);text-wrap:balance}
.about{margin:.6rem auto 0;max-width:34rem;color:var(--soft);white-space:pre-line}
dl{margin:0;padding:.25rem 1.5rem 1rem;display:grid;grid-template-columns:minmax(7rem,max-content) 1fr}
dt,dd{margin:0;padding:.7rem 0;border-top:1px solid var(--line)}
dt{color:var(--soft);padding-inline-end:1.5rem}dd{font-weight:600}dd .more{display:block;font-weight:400;color:var(--soft)}
.downloads{padding:1.2rem 1.5rem 1.6rem;display:flex;flex-wrap:wrap;gap:.6rem}
.downloads a{flex:1 1 7.6rem;overflow-wrap:normal;display:grid;place-content:center;text-align:center;padding:.7rem .6rem;border:1px solid var(--link);border-radius:.5rem;font-weight:600;text-decoration:none}
.downloads .note{flex:1 0 100%;margin:0;color:var(--soft);font-size:.95rem}
.downloads a.pdf{flex-basis:100%}
.downloads a.first{background:var(--link);color:var(--card)}
.checks{padding:1.1rem 1.5rem 1.4rem;border-top:1px solid var(--line);color:var(--soft);font-size:.925rem}
h2{margin:0 0 .4rem;font:600 1rem/1.4 var(--sans);color:var(--ink)}
.checks ul,.steps{margin:0;padding-inline-start:1.2rem}.checks li,.steps li{margin:.25rem 0}
.checks code{font-size:.85em}
.withheld,.compare{margin:0 0 1rem;color:var(--soft);font-size:.95rem}.compare{margin:1.1rem auto 0;max-width:34rem}.text+.text{padding-top:0}
.another a{display:inline-block;padding:.4rem .6rem}
.ask{--tone:#2f4d60;--tone-deep:#1c3444}
form{padding:1.6rem 1.5rem 1.8rem}
.field{margin:0 0 1.3rem}label{display:block;font-weight:700}.hint{display:block;margin:.1rem 0 .5rem;color:var(--soft);font-size:.95rem}
textarea,input{display:block;width:100%;font:1rem/1.45 var(--sans);color:var(--ink);background:var(--paper);border:1px solid var(--field);border-radius:.5rem;padding:.7rem .8rem}
textarea{min-height:8rem;resize:vertical;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.95rem}
input::file-selector-button{font:600 1rem var(--sans);color:var(--link);background:var(--card);border:1px solid var(--link);border-radius:.4rem;padding:.5rem .8rem;margin-inline-end:.8rem}
:is(textarea,input,button):focus-visible{outline:3px solid var(--link);outline-offset:2px}
button{display:block;width:100%;font:700 1.1rem/1.3 var(--sans);color:var(--card);background:var(--link);border:0;border-radius:.5rem;padding:.9rem 1rem;cursor:pointer}
.fault{margin:0 0 1.3rem;padding:.8rem 1rem;border-radius:.5rem;color:#fff;background:#a82322;font-weight:600}
.others{margin:1.1rem 0 0;color:var(--soft);text-align:center}
.text p{margin:0}.text{padding:1.5rem 1.5rem 1.7rem}
footer{padding:1.1rem 1.5rem 2rem;color:var(--soft);font-size:.9rem;text-align:center}
footer p{margin:.3rem 0}
.languages{display:flex;flex-wrap:wrap;justify-content:center;gap:.1rem .3rem;margin-top:.7rem}
.languages a{padding:.55rem .6rem;border-radius:.4rem}.languages a[aria-current]{color:var(--ink);font-weight:700;text-decoration:none}
[dir=rtl] :is(h1,.stamp){letter-spacing:0}[dir=rtl] .icon:is(.arrow,.question){transform:scaleX(-1)}
:lang(hi) :is(h1,.who,.what){line-height:1.4}
@media (min-width:44rem){.sheet{padding:2.5rem 1rem}main{border:1px solid var(--line);border-radius:1rem;box-shadow:0 1.2rem 3rem -1.6rem rgb(0 0 0/.35)}.verdict,.picture{order:-1}}
@media (max-width:30rem){.verdict{padding:.9rem 1.25rem 1.1rem}.icon{width:4.9rem;height:4.9rem;margin-bottom:.2rem}.meaning{font-size:1.05rem;margin-top:.2rem}
.award{padding:1rem 1.25rem .9rem}.who{margin-bottom:.5rem}.about{margin-top:.4rem;line-height:1.4}dl{padding:0 1.25rem .8rem;grid-template-columns:minmax(0,2fr) minmax(0,3fr)}dt,dd{padding:.5rem 0}dt{padding-inline-end:.8rem}.picture{padding:1.25rem}}
@media print{.picture{padding:.6rem;background:none}.picture a{max-width:9.3cm}.picture a.tall{max-width:4.7cm}.picture a{box-shadow:0 0 0 1pt #999}.stamp{font-size:1.8rem;background:#fff}html{font-size:9.5pt}.icon{height:4.6rem}.verdict{padding:.8rem}.award{padding:1rem}.who{font-size:2rem}.who.long{font-size:1.4rem}.what{font-size:1.3rem}dt,dd{padding:.4rem 0}footer{padding:.6rem}.checks{padding:.7rem 1.5rem .8rem}:root,.good,.past,.bad{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#333;--line:#bbb;--link:#000}
.sheet{padding:0;max-width:none}main{border:2pt solid #000;box-shadow:none;border-radius:0}
.verdict{background:none;color:#000;border-bottom:2pt solid #000}.disc{fill:none;stroke:#000;stroke-width:3}.sign{stroke:#000}
.leaves{fill:#000}.downloads,.languages,.another{display:none}.successor a{border:1pt solid #000;color:#000}.checks,.award,dl{break-inside:avoid}}
`;
