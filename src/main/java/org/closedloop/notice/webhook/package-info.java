/** Messages to other systems over HTTP, and to nowhere an administrator did not mean. */
package org.closedloop.notice.webhook;
