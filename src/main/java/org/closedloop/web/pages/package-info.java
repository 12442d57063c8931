/** The pages people work in, as files that the build of {@code src/main/web} made: which address opens which of them. */
package org.closedloop.web.pages;
