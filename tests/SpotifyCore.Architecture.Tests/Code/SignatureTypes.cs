using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace SpotifyCore.Architecture.Tests.Code;

/// <summary>Makes the types of a signature out of its metadata.</summary>
/// <param name="nameOf">Names what a handle stands for.</param>
internal sealed class SignatureTypes(Func<EntityHandle, TypeName> nameOf)
    : ISignatureTypeProvider<SignatureType, object?>
{
    private static readonly SignatureType Unnamed = new(null, []);

    public SignatureType GetArrayType(SignatureType elementType, ArrayShape shape) => elementType;

    public SignatureType GetByReferenceType(SignatureType elementType) => elementType;

    public SignatureType GetFunctionPointerType(MethodSignature<SignatureType> signature) =>
        new(null, [signature.ReturnType, .. signature.ParameterTypes]);

    public SignatureType GetGenericInstantiation(
        SignatureType genericType, ImmutableArray<SignatureType> typeArguments) =>
        genericType with { Arguments = typeArguments };

    public SignatureType GetGenericMethodParameter(object? genericContext, int index) => Unnamed;

    public SignatureType GetGenericTypeParameter(object? genericContext, int index) => Unnamed;

    public SignatureType GetModifiedType(SignatureType modifier, SignatureType unmodifiedType, bool isRequired) =>
        unmodifiedType;

    public SignatureType GetPinnedType(SignatureType elementType) => elementType;

    public SignatureType GetPointerType(SignatureType elementType) => elementType;

    public SignatureType GetPrimitiveType(PrimitiveTypeCode typeCode) => Unnamed;

    public SignatureType GetSZArrayType(SignatureType elementType) => elementType;

    public SignatureType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        new(nameOf(handle), []);

    public SignatureType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        new(nameOf(handle), []);

    public SignatureType GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
}
