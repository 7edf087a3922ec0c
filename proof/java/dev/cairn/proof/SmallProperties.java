package dev.cairn.proof;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Every property with few tries, one seed and no shrinking.
 *
 * <p>Only the profile {@code mutation} compiles it: a mutant meets each test that reaches it, so a property must be
 * short there, and it must try the same values for each mutant, or a survivor of one run is none in the next.
 */
public final class SmallProperties implements AroundPropertyHook {
    private static final int TRIES_MAX = Integer.getInteger("cairn.tries.max", 10);

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public boolean appliesTo(Optional<AnnotatedElement> element) {
        return true;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property)
            throws Throwable {
        var attributes = context.attributes();
        attributes.setTries(Math.min(TRIES_MAX, attributes.tries().orElse(TRIES_MAX)));
        attributes.setSeed("1");
        attributes.setShrinking(ShrinkingMode.OFF);
        attributes.setEdgeCases(EdgeCasesMode.MIXIN);
        return property.execute();
    }
}
