using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace SpotifyCore.Testing.Locks;

/// <summary>One instruction of a method, with the field or method it names.</summary>
internal sealed record Instruction(int Offset, OpCode Code, FieldInfo? Field, MethodBase? Method)
{
    private const BindingFlags Everything = BindingFlags.Static | BindingFlags.Public;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(Everything)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>True when it calls something, at once or through a delegate that it makes.</summary>
    public bool IsCall => Method is not null;

    /// <summary>True when what it names is called later, by somebody else.</summary>
    public bool IsDelegate => Code == OpCodes.Ldftn || Code == OpCodes.Ldvirtftn;

    /// <summary>The instructions of a method in the order in which they stand; none where it has no body.</summary>
    public static List<Instruction> Of(MethodBase method)
    {
        var found = new List<Instruction>();
        var bytes = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < bytes.Length;)
        {
            var begin = at;
            var value = (short)bytes[at++];
            if (value == 0xFE)
                value = (short)(0xFE00 | bytes[at++]);

            var code = Codes[value];
            found.Add(Read(method, begin, code, bytes.AsSpan(at)));
            at += OperandSize(code, bytes.AsSpan(at));
        }

        return found;
    }

    private static Instruction Read(MethodBase method, int offset, OpCode code, ReadOnlySpan<byte> operand)
    {
        if (code.OperandType is not (OperandType.InlineField or OperandType.InlineMethod))
            return new Instruction(offset, code, null, null);

        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        var token = BinaryPrimitives.ReadInt32LittleEndian(operand);
        if (code.OperandType == OperandType.InlineField)
            return new Instruction(offset, code, Definition(method.Module.ResolveField(token, ofType, ofMethod)!), null);

        return new Instruction(offset, code, null, Definition(method.Module.ResolveMethod(token, ofType, ofMethod)!));
    }

    // What is generic is named with its arguments; it is one field or method for all of them.
    private static FieldInfo Definition(FieldInfo field) =>
        field.DeclaringType is { IsGenericType: true } ? field.Module.ResolveField(field.MetadataToken)! : field;

    private static MethodBase Definition(MethodBase method) =>
        method.IsGenericMethod || method.DeclaringType is { IsGenericType: true }
            ? method.Module.ResolveMethod(method.MetadataToken)!
            : method;

    private static int OperandSize(OpCode code, ReadOnlySpan<byte> operand) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };
}
