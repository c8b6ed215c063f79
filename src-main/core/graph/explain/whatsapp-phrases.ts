import { lines } from './sign.ts';
import type { ExplainedCause, Reach, Sign } from './sign.ts';
import type { Phrase } from './phrase-net.ts';

/** What Meta says about limits, bad minutes, messages, accounts and numbers: the titles and details of the Cloud API's error reference and of the Graph API's. */
const TABLE: readonly (readonly [ExplainedCause, Reach, string])[] = [
  ['throttled', 'meta', `
    application request limit reached | user request limit reached | page request limit reached | account request limit reached | app request limit reached
    calls to this api have exceeded the rate limit | calls to this page have exceeded | ad account has too many api calls | too many calls from this ad
    too many calls to this whatsapp business | too many calls to this page | too many calls from this app | been too many calls
    rate limit issues | cloud api message throughput has been reached | message throughput has been reached
    pair rate limit hit | (business account, consumer account) pair rate limit | too many messages from this phone number to the same
    application-level throttling | reached its api usage limit | user performed too many actions | application performed too many | reduce the amount of requests
    whatsapp business account has reached its rate limit | reached its api rate limit | application limit reached | you're temporarily blocked for performing`],
  ['throttled', 'signed', 'rate limit hit | rate limit reached | rate limit exceeded | rate limited | rate-limited | ratelimit | rate limiting | too many requests | too many calls | request limit reached | throttled | throttling | rate-overlimit | rate overlimit'],
  ['transient', 'meta', `
    an unexpected error has occurred. please retry your request
    please retry your request later
    temporarily unavailable due to maintenance
    please reduce the amount of data you're asking for
    message failed to send due to an unknown error | due to an unknown error
    message was not sent due to a server | service is overloaded | a service is temporarily | server is temporarily unavailable
    account in maintenance mode | business account is in maintenance | temporary issue at meta | issue on facebook's side`],
  ['transient', 'signed', 'is_transient: true | an unknown error occurred | an unknown error has occurred | service temporarily unavailable | temporarily unavailable | service unavailable | something went wrong | internal server error | bad gateway | gateway timeout | please try again later | try again later | something went wrong. please try again | generic error | unknown error'],
  ['recipient_or_message', 'meta', `
    recipient phone number not in allowed list | recipient phone number not in the allowed list
    re-engagement message | re-engagement messages | more than 24 hours have passed since | outside a 24-hour | outside the 24-hour | outside of the 24 hour | customer service window
    message undeliverable | unable to deliver message
    not delivered to maintain healthy ecosystem | healthy ecosystem engagement | marketing messages to this user | user has stopped marketing | user's number is part of an experiment | part of an experiment
    receiver is incapable of receiving | recipient is not a valid whatsapp | recipient phone number is not a whatsapp | recipient cannot be sender | sender and recipient | not a valid whatsapp user | recipient is not on whatsapp
    template name does not exist | does not exist in the translation | template does not exist in
    number of parameters does not match | number of localizable_params | parameter format does not match | parameter name is missing
    template hydrated text too long | translated text too long | template format character policy | template param format mismatch | format character policy violated
    template is paused | template is disabled | template paused | template disabled | template was paused | template not approved
    flow is blocked | flow is in throttled
    media download error | media upload error | unsupported message type | message type unknown | message type is currently not supported
    hello world templates can only | hello_world templates can only
    param recipient | param to must be | param template | parameter value is not valid | the parameter to is required | param text
    param type must be | param messaging_product | the parameter messaging_product is required
    no matching user found | this message is sent outside | this person isn't available right now | this person isn't receiving messages
    invalid user id | cannot message users who are not | message length exceeds | is too long for | must be at most
    calling a deprecated version | deprecated version of the`],
  ['recipient_or_message', 'signed', 'outside the allowed window | outside of allowed window | not in allowed list | not in the allowed list | invalid parameter | invalid parameters | required parameter is missing | the parameter | unexpected key | template name | template not found | invalid template | recipient not found | invalid recipient | invalid phone number | media could not be | invalid media | recipient unavailable | message too long | unsupported media'],
  ['account_policy', 'meta', `
    temporarily blocked for policies violations | temporarily blocked for policy violations | blocked for policy | blocked for policies
    business account locked | business account has been locked | account has been locked | account is locked.
    restricted from messaging users in this country | restricted from messaging
    spam rate limit hit | limit of number of messages this number can send because
    action is blocked | action attempted has been deemed abusive | deemed abusive or is otherwise disallowed | otherwise disallowed
    your account has been restricted | account has been restricted | account has been disabled | whatsapp business account has been disabled | account has been banned | phone number has been banned
    violation of our terms | violated our policies | violating whatsapp | violates whatsapp business | whatsapp business policy | violation of whatsapp | commerce policy | policy violation
    flagged for low quality | low quality rating | quality rating is too low | blocked from sending | restricted due to integrity
    we limit how often you can post | it looks like you were misusing this feature | misusing this feature`],
  ['account_policy', 'signed', 'account restricted | account disabled | account banned | account blocked | account suspended | account locked | policy violations'],
  ['billing', 'meta', `
    business eligibility payment issue | eligibility payment issue | because of payment issue | one or more errors related to your payment method | errors related to your payment
    payment account is not attached | credit line is over the limit | credit line is not set | exceeded its credit | free tier limit reached | conversation-based free tier | billing account is not | payment method on your whatsapp
    no valid payment method | missing valid payment method | missing a valid payment | currency has not been set | payment account`],
  ['billing', 'signed', 'payment issue | payment method | unpaid | overdue invoice | billing issue | credit line | outstanding balance | payment failed'],
  ['registration', 'meta', `
    account not registered | phone number not registered | number is not registered | number not registered | phone number is not registered
    two step verification pin | two-step pin mismatch | two step pin | pin guessed too | pin entered is incorrect | re-register | registration pin
    phone number re-verification | re-verification needed | phone number deletion | incomplete deletion | decryption error | metadata blob | recovery token decrypt
    not been registered on the whatsapp business | registered on the whatsapp business platform before | incorrect certificate | message failed to send due to a phone number registration error | phone number registration error
    registration of this phone number | must verify this phone number before registering | phone number must be verified | display name approved before | phone number needs to be verified | deregister attempt | register this number before | please wait a few minutes before attempting to register`],
  ['registration', 'signed', 'not registered | registration failed | unregistered number | verification code | register the phone number'],
];

/** Those sentences as signs of a cause. */
export const WHATSAPP_PHRASES: readonly Phrase<Sign>[] = TABLE.flatMap(([cause, reach, table]) => lines(table).map((text) => ({ text, meaning: { is: 'cause', cause, reach } as const })));
