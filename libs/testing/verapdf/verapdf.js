/* global Packages, arguments, print -- Rhino runs this file: its arguments are paths of PDFs. */
// Holds each PDF against PDF/A-3b and PDF/UA-1 and prints one line of JSON for it: what it breaks, each rule once. In Rhino a `const` of a loop keeps the
// value of the first turn: there are no loops here.
const pdfa = Packages.org.verapdf.pdfa;
Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
const foundry = pdfa.Foundries.defaultInstance();
const flavours = [pdfa.flavours.PDFAFlavour.PDFA_3_B, pdfa.flavours.PDFAFlavour.PDFUA_1];

function judge(file, flavour) {
  const parser = foundry.createParser(new Packages.java.io.File(file), flavour);
  try {
    const result = foundry.createValidator(flavour, false).validate(parser);
    const broken = {};
    result.getTestAssertions().forEach((assertion) => {
      const rule = `${flavour} ${assertion.getRuleId().getClause()}-${assertion.getRuleId().getTestNumber()}`;
      const where = assertion.getLocation().getContext();
      if (broken[rule] === undefined) broken[rule] = `${rule}: ${assertion.getMessage()} At ${where}.`;
    });
    const checks = result.getTotalAssertions();
    if (!result.isCompliant()) broken.verdict = `${flavour}: refused`;
    if (checks < 100) broken.checks = `${flavour}: only ${checks} checks were made`;
    return Object.keys(broken).map((rule) => broken[rule]);
  } finally {
    parser.close();
  }
}

Array.prototype.forEach.call(arguments, (file) => {
  print(JSON.stringify(flavours.flatMap((flavour) => judge(file, flavour))));
});
