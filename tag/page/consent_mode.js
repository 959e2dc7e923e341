// Google Consent Mode v2: Google's tags learn what is allowed before any of them runs, and again after each choice.
//
// `mode` is {types: {analytics_storage: bits, …}, wait, passthrough, redact}: a type is granted where all of its purposes are
// allowed; one without purposes never is.

/** Tells the default, and gives what tells the update: only what was not told yet. */
export function createConsentMode({ types, wait, passthrough, redact }, allowed) {
  window.dataLayer ||= [];
  function tell() {
    dataLayer.push(arguments); // Google's tags read `arguments`, not arrays
  }
  const granted = () => Object.fromEntries(
    Object.entries(types).map(([type, bits]) => [type, bits && (allowed() & bits) === bits ? 'granted' : 'denied']),
  );
  tell('consent', 'default', { ...granted(), wait_for_update: wait });
  if (passthrough) tell('set', 'url_passthrough', true);
  if (redact) tell('set', 'ads_data_redaction', true);
  let told;
  return () => {
    if (told !== (told = allowed())) tell('consent', 'update', granted());
  };
}
