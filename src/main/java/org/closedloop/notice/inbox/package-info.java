/** 收件箱: what a person has been told, on the page. */
package org.closedloop.notice.inbox;
