/**
 * 通知: messages that go out, each event once. {@link org.closedloop.notice.Outbox} takes them in the transaction of the
 * event; from there they go to the inbox on the page, to mail and to webhooks, as rules that are data say.
 */
package org.closedloop.notice;
