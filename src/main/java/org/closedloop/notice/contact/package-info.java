/** Where each official wants to be told outside the pages, and when not. */
package org.closedloop.notice.contact;
