/** Lists as files: streamed from the database, limited so that everybody else goes on working, each one written down. */
package org.closedloop.casefile.export;
