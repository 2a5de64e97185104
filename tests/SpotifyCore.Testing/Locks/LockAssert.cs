using System.Reflection;
using Xunit;

namespace SpotifyCore.Testing.Locks;

/// <summary>
/// Finds a lock that is not taken, with certainty and without running anything: what has a lock may use its own fields
/// under that lock alone. A field is guarded when it can change: it is written after construction, or is a collection.
/// Free are constructors, volatile fields, and what goes through <see cref="Volatile"/> or
/// <see cref="Interlocked"/>. A method that is only called under the lock is under it.
/// </summary>
public static class LockAssert
{
    /// <summary>Looks through an assembly.</summary>
    public static void Holds(Assembly assembly, LockRules? rules = null)
    {
        rules ??= new LockRules();
        var locks = new LockMap(assembly, rules);
        Assert.NotEmpty(locks.Owners);
        var bare = locks.BareUses().Concat(locks.TornWrites()).Distinct().ToList();
        var needed = locks.LocksOfNoField().ToList();
        string[] wrong =
        [
            .. bare.Where(use => !rules.Free.ContainsKey(use.Field) && !rules.Free.ContainsKey(use.Method))
                .Select(use => $"{use.Method} uses {use.Field} without the lock"),
            .. locks.NeverTaken().Select(name => $"{name} is taken nowhere"),

            // A lock that guards no field is there for something else, which only a list can say.
            .. needed.Except(rules.Needed.Keys).Select(name => $"the lock of {name} guards no field"),
            .. rules.Needed.Keys.Except(needed).Select(name => $"{name} takes no lock: {rules.Needed[name]}"),
            .. rules.Free.Keys.Except(bare.SelectMany(use => new[] { use.Field, use.Method }))
                .Select(name => $"{name} need not be free any more"),
            .. rules.Only.Except(locks.Guarded()).Select(name => $"{name} is guarded by no lock"),
        ];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }
}
