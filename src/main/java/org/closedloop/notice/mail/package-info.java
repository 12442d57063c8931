/** Messages by e-mail. */
package org.closedloop.notice.mail;
