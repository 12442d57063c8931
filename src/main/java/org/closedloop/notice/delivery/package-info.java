/**
 * Messages on their way to other systems: sent at least once, each with the same key at every try, and never within the
 * transaction of the event. How they travel is a {@link org.closedloop.notice.delivery.Channel}'s matter.
 */
package org.closedloop.notice.delivery;
