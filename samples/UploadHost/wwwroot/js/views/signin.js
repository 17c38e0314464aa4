// @ts-check
import { byId } from './dom.js';

/**
 * Asks for a token.
 * @param {(token: string) => Promise<string | null>} check Null: good; else what is wrong with it.
 * @returns {() => Promise<string | null>} Null: the person does not want to sign in.
 */
export function signInDialog(check) {
  const dialog = byId('sign-in', HTMLDialogElement);
  const form = byId('sign-in-form', HTMLFormElement);
  const input = byId('token', HTMLInputElement);
  const error = byId('sign-in-error', HTMLElement);
  byId('sign-in-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());
  return () =>
    new Promise((resolve) => {
      /** @type {string | null} */
      let token = null;
      /** @param {SubmitEvent} event */
      const submit = async (event) => {
        event.preventDefault();
        const given = input.value.trim();
        error.textContent = (await check(given)) ?? '';
        if (error.textContent !== '') return input.focus();
        token = given;
        dialog.close();
      };
      const closed = () => {
        form.removeEventListener('submit', submit);
        input.value = '';
        error.textContent = '';
        resolve(token);
      };
      form.addEventListener('submit', submit);
      dialog.addEventListener('close', closed, { once: true });
      dialog.showModal();
      input.focus();
    });
}
