package org.closedloop.casefile;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;

/** Lists of codes as PostgreSQL {@code text[]}, so that statements say {@code = any(#{units})}. */
public class TextArray extends BaseTypeHandler<List<String>> {

  @Override
  public void setNonNullParameter(PreparedStatement ps, int i, List<String> value, JdbcType type) throws SQLException {
    ps.setArray(i, ps.getConnection().createArrayOf("text", value.toArray()));
  }

  @Override
  public List<String> getNullableResult(ResultSet rs, String column) throws SQLException {
    return list(rs.getArray(column));
  }

  @Override
  public List<String> getNullableResult(ResultSet rs, int column) throws SQLException {
    return list(rs.getArray(column));
  }

  @Override
  public List<String> getNullableResult(CallableStatement cs, int column) throws SQLException {
    return list(cs.getArray(column));
  }

  private static List<String> list(java.sql.Array array) throws SQLException {
    return array == null ? null : List.of((String[]) array.getArray());
  }
}
