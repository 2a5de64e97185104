using System.Reflection;

namespace SpotifyCore.Testing.Locks;

/// <summary>Instructions that run under a lock: from one offset up to, not including, another.</summary>
/// <param name="Begin">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Owner">Whose lock it is: the type that has the field, or that is the lock itself.</param>
/// <param name="IsStatic">True when the lock is no object's, and so guards no object's fields.</param>
internal sealed record LockedRegion(int Begin, int End, Type Owner, bool IsStatic)
{
    /// <summary>True when an instruction stands in it.</summary>
    public bool Holds(Instruction instruction) => instruction.Offset >= Begin && instruction.Offset < End;

    /// <summary>The regions of a method: each is the try block of a finally that lets go of a lock.</summary>
    public static IEnumerable<LockedRegion> Of(MethodBase method, IReadOnlyList<Instruction> instructions)
    {
        var clauses = (method.GetMethodBody()?.ExceptionHandlingClauses ?? [])
            .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Finally)
            .ToList();
        foreach (var clause in clauses)
        {
            // What is let go of in a finally inside this one was taken there.
            var released = instructions.FirstOrDefault(one => IsRelease(one.Method)
                && clauses.Where(other => Handles(other, one)).MinBy(other => other.HandlerLength) == clause);
            if (released is null)
                continue;

            var (begin, end) = (clause.TryOffset, clause.TryOffset + clause.TryLength);

            // A Monitor locks an object that was put in a local; the others are fields, named just before their call.
            if (released.Method!.DeclaringType != typeof(Monitor))
                yield return Of(FieldOf(instructions, begin, released), begin, end);
            else if (LocalBefore(method, instructions, released) is { } type)
                yield return new LockedRegion(begin, end, type, IsStatic: false);
        }
    }

    private static bool Handles(ExceptionHandlingClause clause, Instruction one) =>
        one.Offset >= clause.HandlerOffset && one.Offset < clause.HandlerOffset + clause.HandlerLength;

    private static bool IsRelease(MethodBase? method) => method switch
    {
        { Name: "Dispose" } => method.DeclaringType == typeof(Lock.Scope),
        { Name: "Exit" } => method.DeclaringType == typeof(Monitor),
        { Name: "Release" } => method.DeclaringType == typeof(SemaphoreSlim),
        _ => false,
    };

    private static LockedRegion Of(FieldInfo taken, int begin, int end) =>
        new(begin, end, taken.DeclaringType!, taken.IsStatic);

    private static FieldInfo FieldOf(IReadOnlyList<Instruction> instructions, int begin, Instruction released)
    {
        var taken = released.Method!.Name == nameof(SemaphoreSlim.Release) ? released : instructions
            .Last(one => one.Offset < begin && one.Method?.Name == nameof(Lock.EnterScope));
        return instructions.Last(one => one.Offset < taken.Offset && one.Field is not null).Field!;
    }

    private static Type? LocalBefore(MethodBase method, IReadOnlyList<Instruction> instructions, Instruction released)
    {
        var load = instructions.Last(one => one.Offset < released.Offset);
        var bytes = method.GetMethodBody()!.GetILAsByteArray()!;
        var index = load.Code.Name switch
        {
            "ldloc.s" => bytes[load.Offset + 1],
            ['l', 'd', 'l', 'o', 'c', '.', var digit] => digit - '0',
            _ => -1,
        };
        return index < 0 ? null : method.GetMethodBody()!.LocalVariables[index].LocalType;
    }
}
