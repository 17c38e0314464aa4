namespace LedgerLift.Auth.Contract;

/// <summary>One call of a token store, which can be made on a store and on the model; both answer with a text.</summary>
internal abstract record TokenOperation
{
    /// <summary>Makes the call.</summary>
    /// <param name="store">The store under test.</param>
    /// <param name="origin">The instant that the model calls zero.</param>
    public abstract Task<string> RunAsync(ITokenStore store, DateTimeOffset origin);

    /// <summary>Makes the call on the model, at one instant.</summary>
    public abstract string Apply(TokenStoreModel model);

    /// <summary>How many instants the call needs in a store that is not atomic; 1 unless overridden.</summary>
    public virtual int Steps => 1;

    /// <summary>Makes one of the call's steps; null as long as the answer is not known.</summary>
    /// <param name="model">What the step reads and changes.</param>
    /// <param name="step">From 0 to <see cref="Steps"/> − 1.</param>
    /// <param name="memory">What earlier steps left for this one.</param>
    public virtual string? ApplyStep(TokenStoreModel model, int step, ref string memory) => Apply(model);

    protected static async Task<string> StoreAsync(Func<Task> store)
    {
        try
        {
            await store();
            return "stored";
        }
        catch (TokenStoreException exception) when (exception.Code == TokenStoreErrorCodes.DuplicateJti)
        {
            return "duplicate";
        }
    }
}
