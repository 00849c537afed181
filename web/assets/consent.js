// The dialog in which a person agrees to what an add-on asks for.

import { byId, make } from './dom.js';
import { pictureOf, scopeItems } from './installed.js';

const dialog = byId('consent');
const button = byId('consent-install');
const problem = byId('consent-problem');

function vendorOf(summary) {
  const vendor = summary.vendor;
  if (vendor === null || !vendor.name) return ['By an unnamed vendor'];
  if (!/^https?:/iu.test(vendor.url ?? '')) return [`By ${vendor.name}`];
  return ['By ', make('a', { href: vendor.url, target: '_blank', rel: 'noopener noreferrer' }, vendor.name)];
}

function findingsOf(summary) {
  if (summary.findings.length === 0) return [];
  return [
    make('h3', {}, 'What is wrong with its descriptor'),
    make('ul', { className: 'findings' }, summary.findings.map((finding) =>
      make('li', { className: finding.level },
        make('b', {}, finding.level === 'error' ? 'Error' : 'Warning'),
        ' ',
        finding.member ? make('code', {}, finding.member) : null,
        finding.member ? ' ' : null,
        finding.rule))),
  ];
}

function complain(message) {
  problem.textContent = message;
  problem.hidden = message === '';
}

/** Why the host would refuse it anyway; empty if it would not. */
function obstacleOf(summary) {
  if (!summary.allow_room && !summary.allow_global) return 'This add-on allows to be installed neither in a room nor everywhere.';
  if (summary.findings.some((finding) => finding.level === 'error')) {
    return 'It can be installed once the errors in its descriptor are corrected.';
  }
  return '';
}

const placeOf = (value) => byId('consent-form').querySelector(`[name="place"][value="${value}"]`);

/** In this room or in every one, as the add-on allows. */
function offerPlaces(summary) {
  byId('consent-places').hidden = !(summary.allow_room && summary.allow_global);
  placeOf(summary.allow_room ? 'room' : 'group').checked = true;
}

/**
 * Shows `summary`. `install(scopes, everywhere)` is awaited when the person agrees, `scopes` being the
 * ids that were shown; the dialog stays open with the reason if it throws. Resolves to what install gave, or
 * to null if the person declined.
 */
export function askConsent(summary, install) {
  byId('consent-picture').replaceChildren(pictureOf(summary));
  byId('consent-title').textContent = `Install ${summary.name}?`;
  byId('consent-vendor').replaceChildren(...vendorOf(summary));
  byId('consent-description').textContent = summary.description ?? '';
  byId('consent-scopes').replaceChildren(...scopeItems(summary.scopes));
  byId('consent-findings').replaceChildren(...findingsOf(summary));
  byId('consent-url').textContent = summary.url;
  offerPlaces(summary);
  const obstacle = obstacleOf(summary);
  complain(obstacle);
  button.disabled = obstacle !== '';

  return new Promise((resolve) => {
    let installed = null;
    button.onclick = async () => {
      complain('');
      button.disabled = true;
      button.textContent = 'Installing…';
      try {
        installed = await install(summary.scopes.map((scope) => scope.id), placeOf('group').checked);
        dialog.close();
      } catch (error) {
        complain(error.message);
      } finally {
        button.disabled = false;
        button.textContent = 'Install';
      }
    };
    dialog.addEventListener('close', () => resolve(installed), { once: true });
    dialog.showModal();
    byId('consent-title').focus();  // nothing is agreed to by a hasty Enter
  });
}
