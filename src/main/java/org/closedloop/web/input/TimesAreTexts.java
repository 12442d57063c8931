package org.closedloop.web.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/** A time, date or duration in a body is a text: Jackson would take a bare number for seconds, and a list for parts. */
class TimesAreTexts extends SimpleModule {

  private static final long serialVersionUID = 1;

  TimesAreTexts() {
    super("times-are-texts");
    setDeserializerModifier(new BeanDeserializerModifier() {
      private static final long serialVersionUID = 1;

      @Override
      public JsonDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription bean,
          JsonDeserializer<?> reader) {
        return bean.getBeanClass().getPackageName().equals("java.time") ? new TextOnly(reader) : reader;
      }
    });
  }

  private static class TextOnly extends DelegatingDeserializer {

    private static final long serialVersionUID = 1;

    TextOnly(JsonDeserializer<?> reader) {
      super(reader);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
      return new TextOnly(reader);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return parser.hasToken(JsonToken.VALUE_STRING) ? super.deserialize(parser, context)
          : context.handleUnexpectedToken(handledType(), parser);
    }
  }
}
