import { demoPeople } from './demo-people.ts';
import { demoTenants } from './demo-tenants.ts';

/** The login page of the demo: everybody who can log in, as one button each. There are no passwords. */
export function loginPage(interaction: string): string {
  const tenants = demoTenants.map((tenant) => {
    const people = demoPeople
      .filter((person) => person.tenant === tenant)
      .map(({ id, name, role }) => `<button name="person" value="${id}"><b>${name}</b><span>${role}</span></button>`);
    return `<fieldset><legend>${tenant}</legend>${people.join('')}</fieldset>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Laurel: log in</title>
<style>
  body { font: 16px/1.4 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; color: #1c2b22; }
  fieldset { border: 1px solid #b9c8be; border-radius: 8px; margin: 0 0 1.5rem; display: grid; gap: .5rem;
    grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); }
  button { font: inherit; text-align: left; padding: .6rem .8rem; border: 1px solid #b9c8be; border-radius: 6px; background: #fff; cursor: pointer; }
  button:hover, button:focus { background: #eef5f0; border-color: #2f6b47; }
  button span { display: block; color: #5b6b62; font-size: .85rem; }
</style></head>
<body><h1>Who are you?</h1>
<p>This is the demo: choose a person, no password. A real installation names its own login with <code>OIDC_ISSUER</code>.</p>
<form method="post" action="/login/${interaction}">${tenants.join('')}</form></body></html>`;
}
