// @ts-check
import { asFailure } from '../api/failure.js';
import { byId } from '../views/dom.js';
import { signInDialog } from '../views/signin.js';

/** The name under which a host with open tokens knows everybody who opens its page. */
const openUser = 'local';

/**
 * @param {{ settings: import('./settings.js').Settings, obtainToken: () => Promise<string | null> }} page
 * @param {import('./session.js').Session} session
 * @param {import('../api/client.js').ApiClient} client
 * @param {import('../api/endpoints.js').Endpoints} api
 */
export async function startSession(page, session, client, api) {
  const asked = signInDialog(async (token) => await faultOf(token, client));
  page.obtainToken = page.settings.signIn ? asked : async () => (await api.issueToken(openUser)).jti;
  showSignOut(page.settings.signIn, session, api);
  if (session.token === null) await session.renew();
}

/** Tries a token before it is taken. @param {string} token @param {import('../api/client.js').ApiClient} client */
async function faultOf(token, client) {
  try {
    await client.call('GET', '/api/documents?limit=1', { anonymous: true, bearer: token });
    return null;
  } catch (reason) {
    const failure = asFailure(reason);
    return failure.status === 401
      ? 'This token is not known, has expired or was revoked.'
      : `${failure.message} (request ${failure.requestId})`;
  }
}

/** @param {boolean} signIn @param {import('./session.js').Session} session @param {import('../api/endpoints.js').Endpoints} api */
function showSignOut(signIn, session, api) {
  const button = byId('sign-out', HTMLButtonElement);
  button.hidden = !signIn;
  button.addEventListener('click', async () => {
    const jti = session.token;
    if (jti !== null) await api.revokeToken(jti).catch(() => {});
    session.set(null);
    location.reload();
  });
}
