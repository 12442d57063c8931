package org.closedloop.web.description;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What no controller says by itself: title, ways to log in, and that every error is a problem document. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

  private static final String PROBLEM = "Problem";
  private static final String PUBLIC = "/api/public/";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(new Info().title("Closed Loop 闭环").version("1").description(
            "报告、受理、派遣、处置、反馈、核实、结案。Times are RFC 3339 with offset. Lists page by `limit` and `after`. "
                + "`POST` that creates or completes takes `Idempotency-Key`. Errors are RFC 9457 problem documents, "
                + "in English with `Accept-Language: en`."))
        .components(new Components()
            .addSecuritySchemes("basic", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic")));
  }

  @Bean
  OpenApiCustomizer everyErrorIsAProblem() {
    return api -> {
      api.getComponents().addSchemas(PROBLEM, problem());
      if (api.getPaths() == null) {
        return;
      }
      api.getPaths().forEach((path, item) -> item.readOperations().forEach(operation -> {
        operation.getResponses().put("default", new ApiResponse().description("RFC 9457")
            .content(new Content().addMediaType("application/problem+json",
                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)))));
        if (!path.startsWith(PUBLIC)) {
          operation.setSecurity(List.of(new SecurityRequirement().addList("basic")));
        }
      }));
    };
  }

  /**
   * Shapes are named after the controller they stand in, {@code WorkItem.Item}: by their own names alone, the items of
   * two controllers would be described as one.
   */
  @Bean
  ModelResolver modelResolver(ObjectMapperProvider json) {
    return new ModelResolver(json.jsonMapper(), new TypeNameResolver() {
      @Override
      protected String getNameOfClass(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        return around == null ? super.getNameOfClass(type)
            : around.getSimpleName().replaceAll("Controller$", "") + "." + type.getSimpleName();
      }
    }).openapi31(true);
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .addProperty("type", new StringSchema().example("urn:closedloop:invalid-input").description("Stable."))
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema().description("What is wrong and how to mend it."))
        .addProperty("instance", new StringSchema().description("The address asked."))
        .addProperty("errors", new ArraySchema().items(new ObjectSchema()
            .addProperty("field", new StringSchema().example("answers.reason"))
            .addProperty("message", new StringSchema())));
  }
}
