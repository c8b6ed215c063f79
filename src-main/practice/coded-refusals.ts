/** A refusal whose code says everything. */
export interface CodedRefusal {
  readonly status: number;
  readonly title: string;
  readonly details?: string;
  readonly transient?: boolean;
}

const template = (title: string, status = 400): CodedRefusal => ({ status, title, details: `${title}. Check the template and its parameters.` });

/**
 * Throttling, trouble on Meta's side, policy, billing, registration, and what is wrong with one message or its
 * recipient. Codes and HTTP statuses from Meta's Cloud API error reference and Graph rate-limit guide.
 */
export const codedRefusals = {
  0: { status: 401, title: 'AuthException', details: 'We were unable to authenticate the app user.' },
  1: { status: 400, title: 'An unknown error occurred', transient: true },
  2: { status: 503, title: 'Service temporarily unavailable', transient: true },
  3: { status: 500, title: 'Application does not have the capability to make this API call.' },

  4: { status: 400, title: 'Application request limit reached' },
  17: { status: 400, title: 'User request limit reached' },
  32: { status: 400, title: 'Page request limit reached' },
  341: { status: 400, title: 'Temporarily blocked because the application limit was reached' },
  613: { status: 400, title: 'Calls to this API have exceeded the rate limit.' },
  80007: { status: 400, title: 'There have been too many calls to this WhatsApp Business account. Wait a bit and try again.' },
  80008: { status: 400, title: 'There have been too many calls to this WhatsApp Business account. Wait a bit and try again.' },
  130429: { status: 400, title: 'Rate limit hit', details: 'Cloud API message throughput has been reached.' },
  131056: { status: 400, title: '(Business Account, Consumer Account) pair rate limit hit', details: 'Too many messages to the same number in a short time.' },

  131000: { status: 500, title: 'Something went wrong', details: 'Message failed to send due to an unknown error.' },
  131016: { status: 500, title: 'Service unavailable', details: 'A service is temporarily unavailable.' },
  131057: { status: 500, title: 'Account in maintenance mode', details: 'The business account is in maintenance mode.' },
  133004: { status: 503, title: 'Server temporarily unavailable', details: 'Server is temporarily unavailable.' },

  131005: { status: 403, title: 'Access denied', details: 'Permission is either not granted or has been removed.' },
  368: { status: 403, title: 'Temporarily blocked for policies violations' },
  130497: { status: 403, title: 'Business account is restricted from messaging users in this country', details: 'Messaging users in this country is not allowed for this account.' },
  131031: { status: 403, title: 'Business account has been locked', details: 'The account was restricted or disabled for violating a platform policy.' },
  131048: { status: 400, title: 'Spam rate limit hit', details: 'Too many previous messages were blocked or flagged as spam.' },
  131042: { status: 400, title: 'Business eligibility payment issue', details: 'There is a problem with the payment method.' },

  133005: { status: 400, title: 'Two step verification PIN mismatch', details: 'The two step verification PIN is wrong.' },
  133006: { status: 400, title: 'Phone number re-verification needed', details: 'Verify the phone number again.' },
  133008: { status: 400, title: 'Too many two step verification PIN guesses', details: 'Wait before trying a PIN again.' },
  133009: { status: 400, title: 'Two step verification PIN guessed too fast', details: 'Wait before trying a PIN again.' },
  133010: { status: 400, title: 'Phone number not registered', details: 'Register the phone number before using it.' },
  133015: { status: 400, title: 'Wait a few minutes before registering this phone number', details: 'Wait a few minutes before registering it again.' },

  131026: { status: 400, title: 'Message undeliverable', details: 'The recipient cannot receive the message.' },
  131030: { status: 400, title: 'Recipient phone number not in allowed list', details: 'Add the recipient to the allowed list of the test number.' },
  131047: { status: 400, title: 'Re-engagement message', details: 'More than 24 hours have passed since the recipient last replied.' },
  131049: { status: 400, title: 'Meta chose not to deliver', details: 'Not delivered, to keep the ecosystem healthy.' },
  131050: { status: 400, title: 'Recipient stopped marketing messages', details: 'The recipient does not want marketing messages from you.' },
  131051: { status: 400, title: 'Unsupported message type', details: 'This message type is not supported.' },
  131052: { status: 400, title: 'Media download error', details: 'The media of the message could not be downloaded.' },
  131053: { status: 400, title: 'Media upload error', details: 'The media of the message could not be uploaded.' },
  131058: { status: 400, title: 'Hello World templates can only be sent from the Public Test Numbers', details: 'Use a template of your own.' },

  132000: template('Number of parameters does not match the expected number of params'),
  132001: template('Template name does not exist in the translation', 404),
  132005: template('Translated text too long'),
  132007: template('Template format character policy violated'),
  132012: template('Parameter format does not match format in the created template'),
  132015: template('Template is paused'),
  132016: template('Template is disabled'),

  2635: { status: 400, title: 'You are calling a deprecated version of the Graph API. Please update to the latest version: v26.0.' },
} as const satisfies Record<number, CodedRefusal>;
