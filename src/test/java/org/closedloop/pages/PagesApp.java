package org.closedloop.pages;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.closedloop.LiveApp;
import org.springframework.test.context.TestPropertySource;

/**
 * The whole application, as {@link LiveApp} has it, once more for people in front of pages: they let time pass, and what
 * programs left open in the other one would fall due before their eyes.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@LiveApp
@TestPropertySource(properties = "closedloop.test=pages")
@interface PagesApp {}
