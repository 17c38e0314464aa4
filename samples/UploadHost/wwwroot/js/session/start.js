// @ts-check
import { asFailure } from '../api/failure.js';
import { byId, setText } from '../views/dom.js';
import { signInDialog } from '../views/signin.js';

/** The name under which a host with open tokens knows everybody who opens its page. */
const openUser = 'local';

/**
 * @param {{ settings: import('./settings.js').Settings, obtainToken: () => Promise<string | null> }} page
 * @param {import('./session.js').Session} session
 * @param {import('../api/client.js').ApiClient} client
 * @param {import('../api/endpoints.js').Endpoints} api
 * @param {() => Promise<void>} entered Called with a token at hand.
 */
export async function startSession(page, session, client, api, entered) {
  const enter = async () => {
    if (session.token !== null || (await session.renew())) await entered();
  };
  if (!page.settings.signIn) {
    page.obtainToken = async () => (await api.issueToken(openUser)).jti;
    return await enter();
  }
  const ask = signInDialog(async (token) => await faultOf(token, client));
  let declined = false;
  // Who said no is not asked again by the next call that meets a 401, only by the button.
  page.obtainToken = async () => {
    const token = declined ? null : await ask();
    declined = token === null;
    return token;
  };
  startButton(session, api, () => {
    declined = false;
    return enter();
  });
  return await enter();
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

/**
 * @param {import('./session.js').Session} session
 * @param {import('../api/endpoints.js').Endpoints} api
 * @param {() => Promise<void>} enter
 */
function startButton(session, api, enter) {
  const button = byId('account', HTMLButtonElement);
  button.hidden = false;
  session.onChange = () => setText(button, session.token === null ? 'Sign in' : 'Sign out');
  session.onChange();
  button.addEventListener('click', async () => {
    const jti = session.token;
    if (jti === null) return await enter();
    await api.revokeToken(jti).catch(() => {});
    session.set(null);
    location.reload();
  });
}
