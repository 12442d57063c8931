/** 附近的同类反映: what people may see of the reports of others, so that one matter is reported once. */
package org.closedloop.casefile.nearby;
