package dev.cairn.system.mutant;

import dev.cairn.system.mutant.Mutant.Site;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.pool.TypePool;

/** Loads all of Cairn once more, with one fault in it; everything else is that of the tests. */
final class MutantLoader extends ClassLoader {
    private static final String OURS = "dev.cairn.";

    private final Map<String, byte[]> faulty = new HashMap<>();

    /**
     * A loader of a mutant.
     *
     * @throws IllegalStateException if a fault does not fit, or changes nothing
     */
    MutantLoader(Mutant mutant, ClassLoader parent) {
        super(parent);
        ClassFileLocator files = ClassFileLocator.ForClassLoader.of(parent);
        mutant.sites().stream()
                .collect(Collectors.groupingBy(Site::type))
                .forEach((type, sites) -> faulty.put(OURS + type, built(files, OURS + type, sites)));
    }

    private static byte[] built(ClassFileLocator files, String name, List<Site> sites) {
        TypeDescription type = TypePool.Default.of(files).describe(name).resolve();
        DynamicType.Builder<?> whole = new ByteBuddy().redefine(type, files);
        byte[] built = whole.make().getBytes();
        for (Site site : sites) {
            if (type.getDeclaredMethods().filter(site.matcher()).isEmpty()) {
                throw new IllegalStateException("no method " + site.method() + " in " + name);
            }
            byte[] before = built;
            whole = site.fault().into(whole, site.matcher());
            built = whole.make().getBytes();
            if (Arrays.equals(before, built)) {
                throw new IllegalStateException(name + "." + site.method() + " is as it was");
            }
        }
        return built;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known == null) {
                known = name.startsWith(OURS) ? define(name) : super.loadClass(name, false);
            }
            if (resolve) {
                resolveClass(known);
            }
            return known;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = faulty.containsKey(name) ? faulty.get(name) : original(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
