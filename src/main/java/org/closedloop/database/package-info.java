/**
 * PostgreSQL, always: an embedded server with real files when no DATABASE_URL is given, else the server named there.
 * Either is checked before anything else starts. Infrastructure: uses only {@code problem}, and is used by nobody by name.
 */
package org.closedloop.database;
