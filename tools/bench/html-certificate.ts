import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { TemplateSource } from '@laurel/rendering/templates';
import { benchPictures } from './bench-pictures.ts';

/** A font that the template brings itself, as designers do it. */
const capitals = readFileSync(
  createRequire(createRequire(import.meta.url).resolve('@laurel/rendering/package.json')).resolve(
    '@expo-google-fonts/cinzel/600SemiBold/Cinzel_600SemiBold.ttf',
  ),
);

/** A certificate of HTML as people write it: a paper and a font of its own, lines that have their heights, a sentence with three slots, a footer of boxes with signatures. */
export const htmlCertificate: TemplateSource = {
  mediaType: 'text/html',
  source: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Certificate</title><style>
@page{size:A4 landscape;margin:0}
@font-face{font-family:Deed;src:url(data:font/ttf;base64,${capitals.toString('base64')})}
body{margin:0;background:#fdfbf6 url(data:image/png;base64,${benchPictures.paper.toString('base64')}) 0 0/297mm 210mm;color:#23211d;font-family:"EB Garamond",serif;text-align:center}
main{position:relative;box-sizing:border-box;height:210mm;padding:22mm 30mm;border:4mm double #8a7340}
h1{margin:0;font:600 46px Deed,serif;letter-spacing:6px;color:#8a7340}
h2{height:24mm;margin:9mm 0 3mm;font-size:58px;font-weight:500;line-height:24mm}
p{height:18mm;margin:2mm auto;width:190mm;font-size:24px;line-height:1.35}
footer{position:absolute;left:30mm;right:30mm;bottom:22mm;display:flex;justify-content:space-between;align-items:flex-end;font:16px "Source Sans 3",sans-serif}
footer div{width:60mm}footer .line{height:14mm;position:relative}footer img{position:absolute;left:10mm;bottom:15mm;height:12mm}footer .line{border-top:1px solid #8a7340;padding-top:2mm}
</style></head><body><main>
<h1>CERTIFICATE</h1><p>This is to certify that</p><h2>{{recipient.name}}</h2>
<p>has completed <b>{{achievement.name}}</b> at {{issuer.name}} on {{completion.completedOn}}.</p>
<footer><div class="line"><img src="{{signatories.0.signature}}" alt="">{{signatories.0.name}}<br>{{signatories.0.title}}</div>
<div data-slot="qr" style="width:28mm;height:28mm"></div>
<div class="line">No. {{certificate.number}}<br>{{certificate.issuedOn}}</div></footer>
</main></body></html>`,
};
