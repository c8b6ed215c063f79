import { lines } from './sign.ts';
import type { ExplainedCause, Reach, Sign } from './sign.ts';
import type { Phrase } from './phrase-net.ts';

/**
 * What Meta's servers say about tokens, apps and access, in English: Graph API "Handle errors", the Cloud API's error
 * reference, and public logs. The wording is cut down to what stays the same; names and numbers vary.
 */
const TABLE: readonly (readonly [ExplainedCause, Reach, string])[] = [
  ['expired', 'meta', `
    session has expired on | session has expired at | session expired on | session expired at unix
    validating access token: session has expired | invalid oauth access token - session has expired
    this access token has expired. please reauthenticate
    error validating access token: the access token has expired
    error validating access token: token expired
    error validating access token: session expired | validating access token: the session has expired | validating access token: the token has expired
    user access token has expired
    page access token has expired`],
  ['expired', 'signed', `
    session has expired | session expired | the session is expired | expired session
    *token has expired | *token is expired | *token expired | *token had expired | token was expired | tokens have expired | *token already expired
    expired access token | expired token | *token expiration reached | *token no longer valid: expired | *token_expired`],
  // Two causes in one sentence: it says neither.
  ['unknown_auth', 'meta', `
    session has expired, or is not valid
    session key invalid or no longer valid
    session key invalid
    we were unable to authenticate the app user`],
  ['unknown_auth', 'signed', `
    token is invalid or expired | token is invalid or has expired | token has expired or is invalid | token is expired or invalid | expired or invalid | invalid or expired
    expired or been revoked | expired or revoked | invalid or has been revoked
    auth exception. | authexception. | is_valid: false | is_valid === false`],
  ['password_changed', 'meta', `
    session has been invalidated because the user
    changed their password or facebook
    changed the password since the time the session
    session does not match current stored session
    facebook has changed the session for security
    has changed the session for security reasons
    session has been invalidated because the password`],
  ['password_changed', 'signed', `
    user changed the password | user changed their password | user has changed their password | user has changed the password | changed his password | password was changed | password has been changed | password change`],
  ['app_removed', 'meta', `
    the user has not authorized application | user has not authorized application | has not authorized application | has not authorised application
    has not authorized the application. | user hasn't authorized the application.
    user has not installed the application | app is not installed: | user removed the app | user has removed the app | user has deauthorized | deauthorized the app | app was removed from the user`],
  // The same words, but they end in an action: a permission, by Meta's own code 200.
  ['missing_permission', 'meta', `
    user hasn't authorized the application to perform
    user has not authorized the application to perform
    user has not granted the application
    user has not accepted to manage`],
  ['logged_out', 'meta', `
    session is invalid because the user logged out
    because the user logged out
    the user logged out or may be due to a system error
    session was invalidated explicitly using an api call
    session has been invalidated because the user logged`],
  ['logged_out', 'signed', 'user logged out | user has logged out | user is logged out | session was logged out'],
  ['checkpoint', 'meta', `
    cannot access the app till you log in to
    enrolled in a blocking, logged-in checkpoint
    blocking, logged-in checkpoint
    user is checkpointed | account is checkpointed | login_checkpoint
    log in to www.facebook.com and follow the instructions | log in at www.facebook.com and follow the instructions
    log in to www.instagram.com and follow the instructions`],
  ['checkpoint', 'signed', 'confirm your identity | checkpoint_required | checkpoint required | security checkpoint | challenge_required | verify your identity | session checkpoint | checkpointed'],
  ['unconfirmed', 'meta', 'the user is not a confirmed user | user is not a confirmed user | because the user is not confirmed | not a confirmed user'],
  ['unconfirmed', 'signed', 'unconfirmed user | unconfirmed account | account is not confirmed | account has not been confirmed | user is not confirmed'],
  ['inactive_90_days', 'meta', `
    since the user hasn't engaged the app in longer than 90 days
    hasn't engaged the app in longer than
    has not engaged the app in longer than
    engaged the app in longer than 90 days
    user has not used the app in 90 days`],
  ['malformed_token', 'meta', `
    cannot parse access token | can't parse access token | could not parse access token
    malformed access token
    invalid oauth access token signature | invalid access token signature
    invalid oauth access token - cannot parse`],
  ['malformed_token', 'shared', 'the access token could not be decrypted | access token could not be decrypted | failed to decrypt access token | access token is malformed | could not decrypt access token | access token cannot be parsed'],
  ['malformed_token', 'signed', 'bad signature | failed to decrypt | token could not be decrypted | malformed token | token is malformed | token malformed | unable to parse token | cannot parse token'],
  ['no_token_sent', 'meta', `
    active access token must be used to query | an active access token must be used
    access token is required to request this resource
    provide valid app id
    a user access token is required to request | a page access token is required to request | an app access token is required to request
    this method must be called with an access token | an access token is required to`],
  ['no_token_sent', 'signed', 'no access token was | no access token provided | access token is missing | missing access token | access_token is missing | no token provided | missing authorization header | access token not provided | without an access token | empty access token'],
  ['wrong_app', 'meta', `
    did not match the viewing app | does not match the viewing app
    input_token did not match
    access token does not belong to the app | access token does not belong to this app | token does not belong to application | access token belongs to another app | token was issued for a different app | access token is from a different app | token is from another app
    token's app id does not match`],
  ['wrong_app_credentials', 'meta', `
    error validating application
    error validating client secret
    cannot get application info due to a system error
    application has been deleted.
    invalid application id | invalid application secret | invalid app secret
    error validating app secret
    missing client_id parameter | missing app_id parameter
    app_id must be a valid | invalid app id
    client_secret should not be passed to`],
  ['wrong_app_credentials', 'signed', 'invalid client secret | invalid client id | wrong app secret | app secret is wrong | app secret is invalid | app secret mismatch | app not set up | app is not active | app not active | app has been disabled'],
  ['app_secret_proof', 'meta', 'appsecret_proof | invalid appsecret_proof | app secret proof | appsecret proof'],
  ['missing_permission', 'meta', `
    application does not have permission for this action | app does not have permission for this action
    application does not have the capability to make this api call | does not have the capability to make this api call
    user must be an administrator, editor, or moderator of the page | in order to impersonate it
    must be granted before impersonating a user's page
    requires pages_ | requires manage_pages | requires whatsapp_business | requires instagram_ | requires business_management | requires ads_management | requires ads_read | requires read_insights | requires publish_
    requires extended permission | with the extended permission | requires one of the permissions | requires either publish | requires the following permissions
    pages public content access | page public metadata access | page public content access
    does not have the whatsapp_business | lacks whatsapp_business | missing whatsapp_business | lacks the whatsapp_business | without whatsapp_business_messaging | whatsapp_business_messaging permission | whatsapp_business_management permission
    must be called with a page access token | requires a page access token | requires a user access token | needs to be an admin of this page | needs to be an admin of the page | must be an admin of this page | must be an admin of the page | must have admin access
    access to this data is temporarily disabled for
    you do not have the necessary permissions required to send messages on behalf of this whatsapp
    you do not have permission to access this profile | you do not have sufficient permissions to
    does not have sufficient administrative permission
    app must be approved | permission(s) must be granted | permission must be granted
    (#200) permissions error | permissions error
    user does not have sufficient | user does not have permission | user does not have a role on | does not have an appropriate role on the page
    ad account owner has not grant | has not granted ads_management
    not permitted to access this endpoint | this endpoint requires the | cannot call api for app
    api access blocked | api access disrupted | api permission denied | (#10) permission denied | (#200) permission denied`],
  ['missing_permission', 'signed', 'missing permission | missing permissions | insufficient permission | insufficient permissions | insufficient scope | permission denied | permission error | not have permission | not have the required permission | not have required permission | lacks permission | lack of permission | missing scope | missing scopes | missing required permission | needs permission | permission is missing | permission missing | required permission'],
  ['wrong_id_or_no_asset', 'meta', `
    unsupported get request | unsupported post request | unsupported delete request | unsupported request - method type
    does not exist, cannot be loaded due to missing permissions
    cannot be loaded due to missing permission
    tried accessing nonexisting field | nonexisting field
    some of the aliases you requested do not exist | aliases you requested do not exist
    cannot query users by their username
    unknown path components
    phone number id does not exist | phone_number_id does not exist
    object does not exist, cannot be loaded
    the requested resource does not exist. | an object with the specified id does not exist`],
  ['wrong_id_or_no_asset', 'signed', 'wrong phone number id | invalid phone number id | wrong phone_number_id | invalid phone_number_id | invalid waba id | wrong waba id | object with id | phone number id is invalid | phone_number_id is invalid | phone number not found'],
];

/** Meta's sentences as signs of a cause. */
export const META_PHRASES: readonly Phrase<Sign>[] = TABLE.flatMap(([cause, reach, table]) => lines(table).map((text) => ({ text, meaning: { is: 'cause', cause, reach } as const })));
