/** From an event to those who are told of it. */
package org.closedloop.notice.expand;
