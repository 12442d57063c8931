package org.closedloop.engine.expression;

import java.beans.FeatureDescriptor;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.Map;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpression;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.VariableContextElResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.impl.juel.ExpressionFactoryImpl;
import org.camunda.bpm.impl.juel.jakarta.el.ArrayELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.FunctionMapper;
import org.camunda.bpm.impl.juel.jakarta.el.ListELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.MapELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.PropertyNotWritableException;
import org.camunda.bpm.impl.juel.jakarta.el.ValueExpression;
import org.closedloop.engine.vocabulary.CurrentExecution;
import org.closedloop.engine.vocabulary.Vocabulary;

/**
 * Evaluates expressions of models without ever running what a model brings along: the parser knows no method calls,
 * no bean but the allow-listed delegates can be named, and no property of a Java object can be read. Only this
 * package touches the engine's expression language (another package name on Operaton).
 */
public final class HardenedExpressionManager extends JuelExpressionManager implements CurrentExecution.Speaker {

  private final Vocabulary vocabulary;

  public HardenedExpressionManager(Vocabulary vocabulary) {
    super(Map.of());
    this.vocabulary = vocabulary;
    // JEE5 is the language before method calls: ${x.foo()} is a syntax error.
    setExpressionFactory(new ExpressionFactoryImpl(ExpressionFactoryImpl.Profile.JEE5));
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Expression createExpression(String expression) {
    return new ScopedExpression(createValueExpression(expression), this, expression);
  }

  @Override
  protected ELResolver createElResolver() {
    CompositeELResolver resolver = new CompositeELResolver();
    // First, so that nobody replaces a delegate by submitting a variable of its name.
    resolver.add(new DelegateResolver(vocabulary));
    resolver.add(new VariableScopeElResolver());
    resolver.add(new VariableContextElResolver());
    resolver.add(new ArrayELResolver(true));
    resolver.add(new ListELResolver(true));
    resolver.add(new MapELResolver(true));
    return resolver;
  }

  @Override
  protected FunctionMapper createFunctionMapper() {
    FunctionMapper own = super.createFunctionMapper();
    return new FunctionMapper() {
      @Override
      public Method resolveFunction(String prefix, String localName) {
        boolean plain = prefix == null || prefix.isBlank();
        return plain && vocabulary.function(localName).isPresent()
            ? vocabulary.function(localName).get().method()
            : own.resolveFunction(prefix, localName);
      }
    };
  }

  /** Lets functions see on whose behalf they are asked. */
  private static final class ScopedExpression extends JuelExpression {

    ScopedExpression(ValueExpression expression, JuelExpressionManager manager, String text) {
      super(expression, manager, text);
    }

    @Override
    public Object getValue(VariableScope scope, BaseDelegateExecution contextExecution) {
      return CurrentExecution.during(scope, () -> super.getValue(scope, contextExecution));
    }
  }

  /** Resolves the allow-listed delegates by name, and nothing about them. */
  private static final class DelegateResolver extends ELResolver {

    private final Vocabulary vocabulary;

    DelegateResolver(Vocabulary vocabulary) {
      this.vocabulary = vocabulary;
    }

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
      if (base != null || !isDelegate(property)) {
        return null;
      }
      context.setPropertyResolved(true);
      return vocabulary.delegate((String) property).orElseThrow();
    }

    @Override
    public void setValue(ELContext context, Object base, Object property, Object value) {
      if (base == null && isDelegate(property)) {
        throw new PropertyNotWritableException(property + " is a word of the model language, not a variable");
      }
    }

    @Override
    public boolean isReadOnly(ELContext context, Object base, Object property) {
      return true;
    }

    @Override
    public Class<?> getType(ELContext context, Object base, Object property) {
      return Object.class;
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, Object base) {
      return Object.class;
    }

    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
      return null;
    }

    private boolean isDelegate(Object property) {
      return property instanceof String name && vocabulary.delegate(name).isPresent();
    }
  }
}
