using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace SpotifyCore.Testing.Locks;

/// <summary>Which methods of an assembly take which locks, and what they use under them.</summary>
internal sealed class LockMap
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly List<LockedMethod> _methods;
    private readonly HashSet<Type> _owners;
    private readonly LockRules _rules;
    private readonly HashSet<string> _mixed;
    private readonly HashSet<FieldInfo> _changed;
    private readonly HashSet<(MethodBase Method, Type Owner)> _underLock = [];

    public LockMap(Assembly assembly, LockRules rules)
    {
        _rules = rules;
        _mixed = [.. rules.Only.Select(name => name.Split('.')[0])];
        _methods =
        [
            .. assembly.GetTypes()
                .Where(type => !LockedMethod.NameOf(type).Contains('<', StringComparison.Ordinal)) // Generated code.
                .SelectMany(type => type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
                .Select(method => new LockedMethod(method)),
        ];
        _owners =
        [
            .. _methods.SelectMany(method => method.Regions)
                .Where(region => !region.IsStatic)
                .Select(region => region.Owner),
        ];
        _changed =
        [
            .. from method in _methods
               from use in method.Instructions
               where (use.Code == OpCodes.Stfld || use.Code == OpCodes.Ldflda)
                   && !method.IsConstructorOf(use.Field!.DeclaringType!)
               select use.Field,
        ];
        FindMethodsUnderLock();
    }

    /// <summary>The types that have a lock.</summary>
    public IReadOnlyCollection<Type> Owners => _owners;

    /// <summary>Every use of a guarded field without its lock, as <c>Type._field</c> and <c>Type.Method</c>.</summary>
    public IEnumerable<(string Field, string Method)> BareUses() =>
        from method in _methods
        from use in method.Instructions
        where IsGuarded(use.Field) && !method.IsAtomic(use) && !IsHeld(method, use, use.Field!.DeclaringType!)
        select (NameOf(use.Field!), method.Name);

    /// <summary>
    /// Every plain write, without a lock, of a field that is changed by <see cref="Interlocked"/> elsewhere: the two
    /// don't see each other.
    /// </summary>
    public IEnumerable<(string Field, string Method)> TornWrites()
    {
        var atomic = (
            from method in _methods
            from use in method.Instructions
            where method.IsInterlocked(use)
            select use.Field!).ToHashSet();
        return from method in _methods
               from use in method.Instructions
               where use.Code == OpCodes.Stfld && atomic.Contains(use.Field!)
                   && !IsHeld(method, use, use.Field!.DeclaringType!)
               select (NameOf(use.Field!), method.Name);
    }

    /// <summary>Every field that a lock guards, as <c>Type._field</c>.</summary>
    public IEnumerable<string> Guarded() =>
        _methods.SelectMany(method => method.Instructions)
            .Select(use => use.Field)
            .Where(IsGuarded)
            .Select(field => NameOf(field!));

    /// <summary>Methods with a lock under which no guarded field is used, as <c>Type.Method</c>.</summary>
    public IEnumerable<string> LocksOfNoField() =>
        (from method in _methods
         from region in method.Regions
         where !method.Instructions.Where(region.Holds).Any(one => Uses(one, region.Owner, []))
         select method.Name).Distinct();

    /// <summary>Locks that no method takes, as <c>Type._field</c>.</summary>
    public IEnumerable<string> NeverTaken() => _methods
        .Select(method => method.Method.DeclaringType!)
        .Distinct()
        .Where(type => !_owners.Contains(type))
        .SelectMany(type => type.GetFields(Declared))
        .Where(field => field.FieldType == typeof(Lock) && !field.IsStatic)
        .Select(NameOf);

    private static string NameOf(FieldInfo field)
    {
        // Behind a property stands a field of the compiler's: <Name>k__BackingField.
        var end = field.Name.IndexOf('>', StringComparison.Ordinal);
        var name = end > 0 ? field.Name[1..end] : field.Name;
        return $"{LockedMethod.NameOf(field.DeclaringType!)}.{name}";
    }

    private bool IsGuarded(FieldInfo? field) => field is { IsStatic: false, DeclaringType: { } type }
        && _owners.Contains(type)
        && field.FieldType != typeof(Lock)
        && (!_mixed.Contains(LockedMethod.NameOf(type)) || _rules.Only.Contains(NameOf(field)))
        && !field.GetRequiredCustomModifiers().Contains(typeof(IsVolatile))
        && (_changed.Contains(field) || IsShared(field.FieldType));

    private bool IsShared(Type type) =>
        type is { IsClass: true, Namespace: "System.Collections.Generic" or "System.Collections" }
        || _rules.NotThreadSafe.Contains(type.Name.Split('`')[0]);

    private bool IsHeld(LockedMethod method, Instruction one, Type owner) =>
        method.IsConstructorOf(owner)
        || _underLock.Contains((method.Method, owner))
        || method.Regions.Any(region => region.Owner == owner && !region.IsStatic && region.Holds(one));

    /// <summary>True when an instruction uses a guarded field, itself or in what it calls under the lock.</summary>
    private bool Uses(Instruction one, Type owner, HashSet<MethodBase> seen) =>
        (IsGuarded(one.Field) && one.Field!.DeclaringType == owner)
        || (one.Method is { } called && _underLock.Contains((called, owner)) && seen.Add(called)
            && _methods.Single(method => method.Method == called).Instructions.Any(inner => Uses(inner, owner, seen)));

    /// <summary>Those that are called under the lock and never without it: assumed of all, and taken back.</summary>
    private void FindMethodsUnderLock()
    {
        var calls = (
            from caller in _methods
            from one in caller.Instructions
            where one.Method is { IsPublic: false } || one.Method?.DeclaringType is { IsVisible: false }
            select (Caller: caller, Call: one)).ToLookup(call => call.Call.Method!);
        var known = _methods.Select(method => method.Method).ToHashSet();
        foreach (var owner in _owners)
        {
            foreach (var called in calls.Where(called => known.Contains(called.Key)))
                _underLock.Add((called.Key, owner));
        }

        while (_underLock.RemoveWhere(assumed => calls[assumed.Method].Any(call =>
            call.Call.IsDelegate || !IsHeld(call.Caller, call.Call, assumed.Owner))) > 0)
        {
        }
    }
}
