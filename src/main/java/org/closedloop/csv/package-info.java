/** Reading and writing tables, CSV and Excel, the way offices do it: findings per row, safe in a spreadsheet. Depends only on problem. */
package org.closedloop.csv;
