package org.closedloop.web.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.DataInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.closedloop.problem.Words;
import org.closedloop.web.problems.UnwantedContent;

/**
 * Reads JSON within bounds and looks at every name and every text before anything else sees it, in typed bodies and in
 * free ones alike.
 */
class CleanJson extends JsonFactory {

  private static final long serialVersionUID = 1;

  private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
      .maxNestingDepth(50).maxStringLength(1_048_576).maxNameLength(1_000).maxNumberLength(100).build();

  CleanJson() {
    super((JsonFactoryBuilder) new JsonFactoryBuilder().streamReadConstraints(BOUNDS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION));
  }

  private CleanJson(CleanJson source) {
    super(source, null);
  }

  @Override
  public JsonFactory copy() {
    return new CleanJson(this);
  }

  @Override
  protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
    return new Checked(super._createParser(in, context));
  }

  @Override
  protected JsonParser _createParser(Reader in, IOContext context) throws IOException {
    return new Checked(super._createParser(in, context));
  }

  @Override
  protected JsonParser _createParser(char[] data, int offset, int length, IOContext context, boolean recyclable)
      throws IOException {
    return new Checked(super._createParser(data, offset, length, context, recyclable));
  }

  @Override
  protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context) throws IOException {
    return new Checked(super._createParser(data, offset, length, context));
  }

  @Override
  protected JsonParser _createParser(DataInput in, IOContext context) throws IOException {
    return new Checked(super._createParser(in, context));
  }

  private static class Checked extends JsonParserDelegate {

    Checked(JsonParser parser) {
      super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
      try {
        JsonToken token = delegate.nextToken();
        if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
          Words fault = CleanText.fault(delegate.getText()).orElse(null);
          if (fault != null) {
            throw new UnwantedContent(delegate, fault);
          }
        }
        // 1e400 would become infinity, which nobody means and no check of a range by comparison expects.
        if (token == JsonToken.VALUE_NUMBER_FLOAT && !Double.isFinite(Double.parseDouble(delegate.getText()))) {
          throw new UnwantedContent(delegate, UnwantedContent.BEYOND_BOUNDS);
        }
        return token;
      } catch (StreamConstraintsException e) {
        throw new UnwantedContent(delegate, UnwantedContent.BEYOND_BOUNDS);
      }
    }

    @Override
    public JsonToken nextValue() throws IOException {
      JsonToken token = nextToken();
      return token == JsonToken.FIELD_NAME ? nextToken() : token;
    }

    @Override
    public String nextFieldName() throws IOException {
      return nextToken() == JsonToken.FIELD_NAME ? currentName() : null;
    }

    @Override
    public String nextTextValue() throws IOException {
      return nextToken() == JsonToken.VALUE_STRING ? getText() : null;
    }
  }
}
